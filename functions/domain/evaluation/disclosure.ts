/**
 * Counts as readers without a privilege may see them: no count that points at persons, also not by subtraction from a
 * total that is known elsewhere.
 *
 * Counts from 1 to `minimum` − 1 are hidden; then the smallest others, until the hidden ones number at least two and come to
 * `minimum` together, so that neither one of them nor their sum is as good as a name. A count that holds everybody is hidden
 * too. Where anything is hidden, so is every zero: which counts are hidden then says nothing of how many there are in each,
 * also to a reader who knows the total.
 * @param minimum k of the policy, from 3 up
 * @returns the same keys, null where hidden
 */
export const discloseCounts = <Key extends string>(
  counts: Readonly<Record<Key, number>>,
  minimum: number,
): Record<Key, number | null> => {
  const entries = Object.entries(counts) as [Key, number][];
  const filled = entries.filter(([, count]) => count > 0).sort((a, b) => a[1] - b[1]);
  const hidden = new Set<Key>(filled.length === 1 ? filled.map(([key]) => key) : []);
  let sum = 0;
  for (const [key, count] of filled) {
    const enough = hidden.size === 0 || (hidden.size >= 2 && sum >= minimum);
    if (count >= minimum && enough) break;
    hidden.add(key);
    sum += count;
  }
  const isHidden = (key: Key, count: number): boolean => hidden.has(key) || (count === 0 && hidden.size > 0);
  return Object.fromEntries(
    entries.map(([key, count]) => [key, isHidden(key, count) ? null : count]),
  ) as Record<Key, number | null>;
};
