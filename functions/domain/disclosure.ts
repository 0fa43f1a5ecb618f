/**
 * Counts as readers without a privilege may see them: no count that points at persons, also not by subtraction from a
 * total that is known elsewhere.
 *
 * Counts of zero stay. Those from 1 to `minimum` − 1 are hidden; then the smallest others, until the hidden ones number at
 * least two and come to `minimum` together, so that neither one of them nor their sum is as good as a name. Where everybody
 * has the same (one count holds all), or there are fewer than `minimum` in all, even the zeros say too much: nothing is shown.
 * @param minimum k of the policy, from 1 up
 * @returns the same keys, null where hidden
 */
export const discloseCounts = <Key extends string>(
  counts: Readonly<Record<Key, number>>,
  minimum: number,
): Record<Key, number | null> => {
  const entries = Object.entries(counts) as [Key, number][];
  const filled = entries.filter(([, count]) => count > 0).sort((a, b) => a[1] - b[1]);
  const total = filled.reduce((sum, [, count]) => sum + count, 0);
  const showsNothing = filled.length === 1 || total < minimum;
  const hidden = new Set<Key>(showsNothing && total > 0 ? entries.map(([key]) => key) : []);
  let sum = 0;
  for (const [key, count] of filled) {
    const enough = hidden.size === 0 || (hidden.size >= 2 && sum >= minimum);
    if (count >= minimum && enough) break;
    hidden.add(key);
    sum += count;
  }
  return Object.fromEntries(entries.map(([key, count]) => [key, hidden.has(key) ? null : count])) as Record<
    Key,
    number | null
  >;
};
