/** The crossed model by the book, with dense matrices throughout: slow, and written without a look at the product's way. */
import type { CrossedRating } from '../../../functions/domain/fairness/crossed-design.ts';

type Matrix = number[][];

export interface DenseModel {
  readonly mean: number;
  /** Of the raters, then of the ratees, each in the order of their ids. */
  readonly effects: readonly number[];
  readonly standardErrors: readonly number[];
  readonly standardErrorsWithMean: readonly number[];
  /** −2 log restricted likelihood. */
  readonly criterion: number;
}

/** Henderson's equations and the restricted likelihood at given standard deviations, all above zero. */
export const solveDensely = (
  ratings: readonly CrossedRating[],
  { rater, ratee, residual }: { readonly rater: number; readonly ratee: number; readonly residual: number },
): DenseModel => {
  const raters = [...new Set(ratings.map((rating) => rating.rater))].sort();
  const ratees = [...new Set(ratings.map((rating) => rating.ratee))].sort();
  const design = ratings.map((rating) => [
    1,
    ...raters.map((id) => (id === rating.rater ? 1 : 0)),
    ...ratees.map((id) => (id === rating.ratee ? 1 : 0)),
  ]);
  const y = ratings.map(({ value }) => value);
  const variances = [...raters.map(() => rater ** 2), ...ratees.map(() => ratee ** 2)];
  const size = 1 + variances.length;
  const equations = matrix(size, size, (i, j) => {
    const shrinkage = i === j && i > 0 ? 1 / (variances[i - 1] ?? 0) : 0;
    return sum(design.map((row) => (row[i] ?? 0) * (row[j] ?? 0))) / residual ** 2 + shrinkage;
  });
  const { inverse } = invert(equations);
  const right = matrix(
    size,
    1,
    (i) => sum(design.map((row, at) => (row[i] ?? 0) * (y[at] ?? 0))) / residual ** 2,
  );
  const solution = inverse.map((row) => sum(row.map((entry, at) => entry * (right[at]?.[0] ?? 0))));

  const covariance = matrix(y.length, y.length, (a, b) => {
    const shared = variances.map(
      (variance, k) => variance * (design[a]?.[k + 1] ?? 0) * (design[b]?.[k + 1] ?? 0),
    );
    return sum(shared) + (a === b ? residual ** 2 : 0);
  });
  const { inverse: precision, logDeterminant } = invert(covariance);
  const information = sum(precision.flat());
  const mean = sum(precision.map((row) => sum(row.map((entry, at) => entry * (y[at] ?? 0))))) / information;
  const deviations = y.map((value) => value - mean);
  const distance = sum(
    precision.map(
      (row, a) => (deviations[a] ?? 0) * sum(row.map((entry, b) => entry * (deviations[b] ?? 0))),
    ),
  );
  const entry = (i: number, j: number): number => inverse[i]?.[j] ?? 0;
  const indexes = variances.map((_, k) => k + 1);
  return {
    mean: solution[0] ?? 0,
    effects: solution.slice(1),
    standardErrors: indexes.map((k) => Math.sqrt(entry(k, k))),
    standardErrorsWithMean: indexes.map((k) => Math.sqrt(entry(0, 0) + 2 * entry(0, k) + entry(k, k))),
    criterion: logDeterminant + Math.log(information) + distance + (y.length - 1) * Math.log(2 * Math.PI),
  };
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const matrix = (rows: number, columns: number, entry: (i: number, j: number) => number): Matrix =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)));

/** Gauss and Jordan, with pivoting by rows. */
const invert = (given: Matrix): { readonly inverse: Matrix; readonly logDeterminant: number } => {
  const n = given.length;
  const rows = given.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let logDeterminant = 0;
  for (let column = 0; column < n; column++) {
    const size = (row: number): number => Math.abs(rows[row]?.[column] ?? 0);
    let pivot = column;
    for (let row = column; row < n; row++) if (size(row) > size(pivot)) pivot = row;
    const chosen = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    const scale = chosen[column] ?? 0;
    logDeterminant += Math.log(Math.abs(scale));
    const scaled = chosen.map((value) => value / scale);
    rows[column] = scaled;
    for (let row = 0; row < n; row++) {
      const factor = rows[row]?.[column] ?? 0;
      if (row !== column)
        rows[row] = (rows[row] ?? []).map((value, at) => value - factor * (scaled[at] ?? 0));
    }
  }
  return { inverse: rows.map((row) => row.slice(n)), logDeterminant };
};
