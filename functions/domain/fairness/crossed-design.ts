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
  const [many, few] = manyAre === 'RATERS' ? [raters, ratees] : [ratees, raters];
  const n = few.levels.length;

  // One number for the cell and the place in the input, so that no comparison is called.
  const keys = Float64Array.from(ratings, (_, row) => {
    const cell = at(many.levelOf, row) * n + at(few.levelOf, row);
    return cell * ratings.length + row;
  }).sort();
  const cellOf = (key: number): number => Math.floor(at(keys, key) / ratings.length);
  const values = Float64Array.from(keys, (key) => ratings[key % ratings.length]?.value ?? Number.NaN);
  const cells: { readonly cell: number; readonly first: number; readonly end: number }[] = [];
  for (let first = 0; first < keys.length; ) {
    const cell = cellOf(first);
    let end = first + 1;
    while (end < keys.length && cellOf(end) === cell) end++;
    if (end - first > 1) values.subarray(first, end).sort();
    cells.push({ cell, first, end });
    first = end;
  }
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;

  const start = new Int32Array(many.levels.length + 1);
  const manyCounts = new Float64Array(many.levels.length);
  const fewCounts = new Float64Array(n);
  const fewOf = new Int32Array(cells.length);
  const countOf = new Float64Array(cells.length);
  const meanOf = new Float64Array(cells.length);
  let within = 0;
  for (const [place, { cell, first, end }] of cells.entries()) {
    const j = cell % n;
    const i = (cell - j) / n;
    const count = end - first;
    let sum = 0;
    for (let row = first; row < end; row++) sum += at(values, row) - centre;
    const mean = sum / count;
    for (let row = first; row < end; row++) within += (at(values, row) - centre - mean) ** 2;
    fewOf[place] = j;
    countOf[place] = count;
    meanOf[place] = mean;
    start[i + 1] = place + 1;
    manyCounts[i] = at(manyCounts, i) + count;
    fewCounts[j] = at(fewCounts, j) + count;
  }
  return {
    ratings: ratings.length,
    centre,
    many: { levels: many.levels, counts: manyCounts },
    few: { levels: few.levels, counts: fewCounts },
    manyAre,
    start,
    fewOf,
    countOf,
    meanOf,
    within,
    alike: values.every((value) => value === values[0]),
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

interface IndexedLevels {
  /** In the order of their UTF-16 code units. */
  readonly levels: readonly string[];
  /** Of each rating, in the order of the input. */
  readonly levelOf: Int32Array;
}

const indexLevels = (
  ratings: readonly CrossedRating[],
  idOf: (rating: CrossedRating) => string,
): IndexedLevels => {
  const seen = new Map<string, number>();
  const seenAs = Int32Array.from(ratings, (rating) => {
    const id = idOf(rating);
    const number = seen.get(id) ?? seen.size;
    if (number === seen.size) seen.set(id, number);
    return number;
  });
  const levels = [...seen.keys()].sort();
  const levelOfSeen = new Int32Array(levels.length);
  for (const [level, id] of levels.entries()) levelOfSeen[seen.get(id) ?? 0] = level;
  return { levels, levelOf: seenAs.map((number) => at(levelOfSeen, number)) };
};

const at = (array: Float64Array | Int32Array, index: number): number => array[index] as number;
