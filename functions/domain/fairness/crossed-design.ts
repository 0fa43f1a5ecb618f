/** One rating in a unit: what one rater gave one person, for example the mean of the items on 1..5. */
export interface CrossedRating {
  readonly rater: string;
  readonly ratee: string;
  readonly value: number;
}

/**
 * Who rated whom, as counts by cell (rater, ratee), in the order of the ids and values: whatever order the ratings come in,
 * every sum over a design adds the same numbers in the same order, so that two fits of a unit agree in every bit.
 *
 * `many` is the factor with more levels, `few` the other one. The cells of the i-th level of `many` are those from
 * `start[i]` up to `start[i + 1]`.
 */
export interface CrossedDesign {
  readonly ratings: number;
  /** Taken off each value, so that sums of squares lose no digits. */
  readonly centre: number;
  readonly many: Factor;
  readonly few: Factor;
  readonly manyAre: 'RATERS' | 'RATEES';
  readonly start: Int32Array;
  /** Per cell: the level of `few`, the number of ratings, their centred mean. */
  readonly fewOf: Int32Array;
  readonly countOf: Float64Array;
  readonly meanOf: Float64Array;
  /** Σ of squares of the ratings about their cell's mean. */
  readonly within: number;
  /** Whether all ratings are of one value. */
  readonly alike: boolean;
}

export interface Factor {
  /** In the order of their UTF-16 code units. */
  readonly levels: readonly string[];
  /** Ratings of each level. */
  readonly counts: Float64Array;
}

/** @param ratings at least one; finite values */
export const designOf = (ratings: readonly CrossedRating[]): CrossedDesign => {
  const raters = indexLevels(ratings, ({ rater }) => rater);
  const ratees = indexLevels(ratings, ({ ratee }) => ratee);
  const manyAre = raters.levels.length >= ratees.levels.length ? 'RATERS' : 'RATEES';
  const [manyOf, fewOf] = manyAre === 'RATERS' ? [raters, ratees] : [ratees, raters];
  const rows = ratings
    .map(({ rater, ratee, value }) => {
      const [many, few] = manyAre === 'RATERS' ? [rater, ratee] : [ratee, rater];
      return { many: manyOf.indexOf(many), few: fewOf.indexOf(few), value };
    })
    .sort((a, b) => a.many - b.many || a.few - b.few || a.value - b.value);
  const centre = rows.reduce((sum, { value }) => sum + value, 0) / rows.length;

  const start = new Int32Array(manyOf.levels.length + 1);
  const manyCounts = new Float64Array(manyOf.levels.length);
  const fewCounts = new Float64Array(fewOf.levels.length);
  const cells: { readonly few: number; readonly count: number; readonly mean: number }[] = [];
  let within = 0;
  for (let first = 0; first < rows.length; ) {
    const { many, few } = rows[first] as (typeof rows)[number];
    let end = first;
    let sum = 0;
    for (let row = rows[end]; row?.many === many && row.few === few; row = rows[++end])
      sum += row.value - centre;
    const count = end - first;
    const mean = sum / count;
    for (const { value } of rows.slice(first, end)) within += (value - centre - mean) ** 2;
    cells.push({ few, count, mean });
    start[many + 1] = cells.length;
    manyCounts[many] = (manyCounts[many] ?? 0) + count;
    fewCounts[few] = (fewCounts[few] ?? 0) + count;
    first = end;
  }
  return {
    ratings: rows.length,
    centre,
    many: { levels: manyOf.levels, counts: manyCounts },
    few: { levels: fewOf.levels, counts: fewCounts },
    manyAre,
    start,
    fewOf: Int32Array.from(cells, ({ few }) => few),
    countOf: Float64Array.from(cells, ({ count }) => count),
    meanOf: Float64Array.from(cells, ({ mean }) => mean),
    within,
    alike: rows.every(({ value }) => value === rows[0]?.value),
  };
};

/**
 * Which levels are tied to each other by chains of shared raters and ratees: a number for each set, 0 for the one with the
 * most ratings (of several, the one with the smallest id of `many`). Between two sets nothing tells a severe rater from a
 * weak ratee but the assumption that raters are alike on average.
 */
export const connectedSets = (
  design: CrossedDesign,
): { readonly ofMany: Int32Array; readonly ofFew: Int32Array; readonly ratings: readonly number[] } => {
  const { many, few, start, fewOf } = design;
  const parent = Int32Array.from({ length: many.levels.length + few.levels.length }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) {
      const above = parent[root] as number;
      parent[root] = parent[above] as number;
      root = above;
    }
    return root;
  };
  for (let i = 0; i < many.levels.length; i++) {
    for (let cell = start[i] as number; cell < (start[i + 1] as number); cell++) {
      const a = rootOf(i);
      const b = rootOf(many.levels.length + (fewOf[cell] as number));
      if (a < b) parent[b] = a;
      else parent[a] = b;
    }
  }
  const ratingsOf = new Map<number, number>();
  many.counts.forEach((count, i) => {
    ratingsOf.set(rootOf(i), (ratingsOf.get(rootOf(i)) ?? 0) + count);
  });
  const sets = [...ratingsOf].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const numberOf = new Map(sets.map(([root], number) => [root, number]));
  const setOf = (node: number): number => numberOf.get(rootOf(node)) ?? 0;
  return {
    ofMany: Int32Array.from(many.levels, (_, i) => setOf(i)),
    ofFew: Int32Array.from(few.levels, (_, j) => setOf(many.levels.length + j)),
    ratings: sets.map(([, ratings]) => ratings),
  };
};

const indexLevels = (
  ratings: readonly CrossedRating[],
  idOf: (rating: CrossedRating) => string,
): { readonly levels: readonly string[]; readonly indexOf: (id: string) => number } => {
  const levels = [...new Set(ratings.map(idOf))].sort();
  const index = new Map(levels.map((id, at) => [id, at]));
  return { levels, indexOf: (id) => index.get(id) ?? 0 };
};
