import type { CrossedDesign } from './crossed-design.ts';

/**
 * What the mixed model equations take from the levels of `many`, added up over those with as many ratings: a variance ratio
 * changes such levels all alike, so the search for it need not visit each of them again. n is the number of levels of `few`.
 */
export interface LevelGroups {
  /** Of each group: the ratings of one level, the number of levels, Σ of all (centred) ratings. */
  readonly counts: Float64Array;
  readonly levels: Float64Array;
  readonly sums: Float64Array;
  /** Of each group (g) and level of `few` (j), at g·n + j, summed over the group's levels with c ratings in the cell and m − c beside it: Σc, Σc(m − c), Σc·(sum of the level). */
  readonly ratings: Float64Array;
  readonly beside: Float64Array;
  readonly sumsBy: Float64Array;
  /** Σ of all (centred) ratings of each level of `few`. */
  readonly sumsOfFew: Float64Array;
  /** A group's pairs j > k are those from `start[g]` up to `start[g + 1]`: the place j·n + k and Σc_j·c_k, where that is not 0. */
  readonly start: Int32Array;
  readonly places: Int32Array;
  readonly products: Float64Array;
}

/** Costs Σ(cells of a level of `many`)², once. */
export const levelGroupsOf = ({ many, few, start, fewOf, countOf, meanOf }: CrossedDesign): LevelGroups => {
  const n = few.levels.length;
  const counts = Float64Array.from(new Set(many.counts)).sort();
  const members: number[][] = Array.from(counts, () => []);
  const groupOf = new Map(Array.from(counts, (count, group) => [count, group]));
  many.counts.forEach((count, i) => {
    members[groupOf.get(count) ?? 0]?.push(i);
  });
  const sums = new Float64Array(counts.length);
  const ratings = new Float64Array(counts.length * n);
  const beside = new Float64Array(counts.length * n);
  const sumsBy = new Float64Array(counts.length * n);
  const sumsOfFew = new Float64Array(n);
  const starts = new Int32Array(counts.length + 1);
  const places: number[] = [];
  const products: number[] = [];
  const matrix = new Float64Array(n * n);
  for (const [group, levels] of members.entries()) {
    const count = at(counts, group);
    for (const i of levels) {
      const first = at(start, i);
      const end = at(start, i + 1);
      let sum = 0;
      for (let cell = first; cell < end; cell++) sum += at(countOf, cell) * at(meanOf, cell);
      sums[group] = at(sums, group) + sum;
      for (let cell = first; cell < end; cell++) {
        const j = at(fewOf, cell);
        const own = at(countOf, cell);
        const place = group * n + j;
        ratings[place] = at(ratings, place) + own;
        beside[place] = at(beside, place) + own * (count - own);
        sumsBy[place] = at(sumsBy, place) + own * sum;
        sumsOfFew[j] = at(sumsOfFew, j) + own * at(meanOf, cell);
        for (let other = first; other < cell; other++) {
          const pair = j * n + at(fewOf, other);
          const before = at(matrix, pair);
          if (before === 0) places.push(pair);
          matrix[pair] = before + own * at(countOf, other);
        }
      }
    }
    for (let pair = at(starts, group); pair < places.length; pair++) {
      const place = places[pair] ?? 0;
      products.push(at(matrix, place));
      matrix[place] = 0;
    }
    starts[group + 1] = places.length;
  }
  return {
    counts,
    levels: Float64Array.from(members, ({ length }) => length),
    sums,
    ratings,
    beside,
    sumsBy,
    sumsOfFew,
    start: starts,
    places: Int32Array.from(places),
    products: Float64Array.from(products),
  };
};

const at = (array: Float64Array | Int32Array, index: number): number => array[index] as number;
