/**
 * Dense symmetric positive definite matrices, the lower triangle of an n × n array in row order; what is above the diagonal
 * is not read. The inner loops run along rows, because memory is laid out that way, and rows are treated in groups that stay
 * in the processor's cache while the others pass by: a thousand levels are several times faster for it.
 */
export type SymmetricMatrix = Float64Array;

const GROUP = 24;

/**
 * Cholesky factor: lower triangular L with L·L' = the matrix.
 * @param into receives L; may be the matrix itself
 * @throws RangeError when the matrix is not positive definite
 */
export const choleskyInto = (into: SymmetricMatrix, matrix: SymmetricMatrix, n: number): void => {
  for (let first = 0; first < n; first += GROUP) {
    const end = Math.min(n, first + GROUP);
    for (let j = 0; j < end; j++) {
      const other = j * n;
      if (j >= first) {
        const pivot = at(matrix, other + j) - dot(into, other, into, other, j);
        if (!(pivot > 0)) throw new RangeError('the matrix is not positive definite');
        into[other + j] = Math.sqrt(pivot);
      }
      const diagonal = at(into, other + j);
      for (let i = Math.max(first, j + 1); i < end; i++) {
        const row = i * n;
        into[row + j] = (at(matrix, row + j) - dot(into, row, into, other, j)) / diagonal;
      }
    }
  }
};

/** log of the determinant of L·L'. */
export const logDeterminant = (factor: SymmetricMatrix, n: number): number => {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(at(factor, i * n + i));
  return 2 * sum;
};

/** x with L·L'·x = the vector. */
export const solve = (factor: SymmetricMatrix, vector: Float64Array): Float64Array => {
  const n = vector.length;
  const x = vector.slice();
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let rest = at(x, i);
    for (let j = 0; j < i; j++) rest -= at(factor, row + j) * at(x, j);
    x[i] = rest / at(factor, row + i);
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = at(x, i) / at(factor, row + i);
    x[i] = value;
    for (let j = 0; j < i; j++) x[j] = at(x, j) - value * at(factor, row + j);
  }
  return x;
};

/**
 * The inverse of L·L', as U·U' with U = (L⁻¹)', whose rows are the columns of L⁻¹.
 * @param into receives the inverse's lower triangle @param scratch n × n, is overwritten
 */
export const inverseInto = (
  into: SymmetricMatrix,
  factor: SymmetricMatrix,
  n: number,
  scratch: Float64Array,
): void => {
  for (let first = 0; first < n; first += GROUP) {
    const end = Math.min(n, first + GROUP);
    for (let i = first; i < n; i++) {
      const diagonal = at(factor, i * n + i);
      for (let j = first; j < Math.min(i, end); j++) {
        scratch[j * n + i] = -dot(factor, i * n + j, scratch, j * n + j, i - j) / diagonal;
      }
      if (i < end) scratch[i * n + i] = 1 / diagonal;
    }
  }
  for (let first = 0; first < n; first += GROUP) {
    const end = Math.min(n, first + GROUP);
    for (let j = 0; j < end; j++) {
      for (let i = Math.max(first, j); i < end; i++) {
        into[i * n + j] = dot(scratch, i * n + i, scratch, j * n + i, n - i);
      }
    }
  }
};

const at = (array: Float64Array, index: number): number => array[index] as number;

/** In four sums, which the processor adds at the same time. */
const dot = (left: Float64Array, a: number, right: Float64Array, b: number, length: number): number => {
  let sum = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    sum += at(left, a + k) * at(right, b + k);
    second += at(left, a + k + 1) * at(right, b + k + 1);
    third += at(left, a + k + 2) * at(right, b + k + 2);
    fourth += at(left, a + k + 3) * at(right, b + k + 3);
  }
  for (; k < length; k++) sum += at(left, a + k) * at(right, b + k);
  return sum + second + (third + fourth);
};
