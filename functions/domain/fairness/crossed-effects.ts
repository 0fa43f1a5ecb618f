import { minimiseFrom, type Pair, type Slope } from './bounded-newton.ts';
import { type CrossedDesign, type CrossedRating, designOf } from './crossed-design.ts';
import { levelGroupsOf } from './level-groups.ts';
import {
  choleskyInto,
  inverseInto,
  logDeterminant,
  type SymmetricMatrix,
  solve,
} from './symmetric-matrix.ts';

/**
 * The crossed random-effects model rating = mean + rater + ratee + residual, fitted to the ratings of one unit.
 * All figures are in the ratings' own unit of measure.
 */
export interface CrossedFit {
  readonly ratings: number;
  readonly mean: number;
  readonly standardDeviation: { readonly rater: number; readonly ratee: number; readonly residual: number };
  /** −2 log restricted likelihood, constants included, as lme4 prints it. */
  readonly criterion: number;
  /** In the order of their ids. */
  readonly raters: readonly Effect[];
  readonly ratees: readonly Effect[];
}

/** What one rater or ratee adds to the mean. */
export interface Effect {
  readonly id: string;
  readonly ratings: number;
  /** Best linear unbiased prediction. */
  readonly effect: number;
  /** Square root of the prediction error variance of the effect. */
  readonly standardError: number;
  /** As above, of mean + effect: the mean is estimated too. */
  readonly standardErrorWithMean: number;
}

/** Where the search begins; without it, at the best points of a coarse grid. Variances as multiples of the residual's. */
export interface VarianceRatios {
  readonly rater: number;
  readonly ratee: number;
}

/**
 * Fits the model by REML (Patterson & Thompson 1971), the effects and their prediction error variances being the solution
 * of Henderson's mixed model equations (Henderson 1975).
 *
 * As in lme4 (Bates, Mächler, Bolker & Walker 2015) the mean and the residual variance are profiled out, which leaves a
 * criterion of two variance ratios. Of the equations the factor with more levels is diagonal and is eliminated first; what
 * remains is dense in the other one only, a few hundred ratees against thousands of raters. Levels of the larger factor with as
 * many ratings enter alike, so their cross-products are added up once (`levelGroupsOf`). One evaluation costs at most
 * Σ(ratings of a level of the larger factor)² + (levels of the smaller one)³.
 *
 * The search runs in s = log(1 + n̄·ratio), n̄ being the ratings a level: in a balanced design the criterion is a linear
 * function plus a log of a sum of exponentials of s, which is convex, so that there is one minimum; s = 0 is a variance of
 * zero, which REML may well find. It starts at every local minimum of a coarse grid and ends where the gradient vanishes, so
 * that effects are good to about 1e-10 of the ratings' unit. The order of the ratings does not matter, to the last bit.
 *
 * @param ratings of at least two raters and two ratees, not all of one value
 * @throws RangeError for ratings that do not determine the model
 */
export const fitCrossedEffects = (ratings: readonly CrossedRating[], from?: VarianceRatios): CrossedFit =>
  fitDesign(designOf(ratings), from);

/** The same fit of ratings that have been laid out already. */
export const fitDesign = (design: CrossedDesign, from?: VarianceRatios): CrossedFit => {
  const equations = equationsOf(checked(design));
  const starts = from === undefined ? promisingStarts(equations) : [equations.pointOf(from)];
  let best: { readonly point: Pair; readonly value: number } | null = null;
  for (const start of starts) {
    const found = minimiseFrom(equations.slopeAt, start, equations.upper);
    if (best === null || found.value < best.value) best = found;
  }
  if (best === null) throw new RangeError('the criterion has no minimum');
  return equations.fitAt(best.point);
};

const checked = (design: CrossedDesign): CrossedDesign => {
  if (design.few.levels.length < 2) throw new RangeError('a crossed model of one rater or of one ratee');
  if (design.alike) throw new RangeError('ratings of one value only');
  return design;
};

/** Places where the search may begin on each axis. */
const GRID = [0.3, 1.5, 4] as const;

const promisingStarts = ({ valueAt }: Equations): Pair[] => {
  const values = GRID.map((a) => GRID.map((b) => valueAt([a, b])));
  const at = (i: number, j: number): number => values[i]?.[j] ?? Number.POSITIVE_INFINITY;
  const starts: Pair[] = [];
  GRID.forEach((a, i) => {
    GRID.forEach((b, j) => {
      const around = [-1, 0, 1].flatMap((di) => [-1, 0, 1].map((dj) => at(i + di, j + dj)));
      if (around.every((value) => at(i, j) <= value)) starts.push([a, b]);
    });
  });
  return starts;
};

/** The largest variance ratio that is told from infinity: one rating then decides to a millionth. */
const LARGEST_RATIO_TIMES_RATINGS = 1e6;

interface Equations {
  /** Points are (s of the larger factor, s of the smaller). */
  readonly upper: number;
  readonly pointOf: (ratios: VarianceRatios) => Pair;
  readonly valueAt: (point: Pair) => number;
  readonly slopeAt: (point: Pair) => Slope;
  readonly fitAt: (point: Pair) => CrossedFit;
}

/** What the equations come to at given variance ratios. */
interface Solution {
  readonly lambdaMany: number;
  readonly lambdaFew: number;
  readonly logDet: number;
  /** 1'H⁻¹1, H being the ratings' covariance matrix over the residual variance. */
  readonly information: number;
  /** S⁻¹·Z'H⁻¹1 of `few`, before its own elimination. */
  readonly toMean: Float64Array;
  readonly mean: number;
  /** Z'P·y of each factor: an effect is λ times it, and it stays finite where λ is zero. */
  readonly scoresMany: Float64Array;
  readonly scoresFew: Float64Array;
  /** y'P·y, as the penalised residual sum of squares, which cancels nothing. */
  readonly deviance: number;
}

const equationsOf = (design: CrossedDesign): Equations => {
  const { many, few, start, fewOf, countOf, meanOf } = design;
  const manyLevels = many.levels.length;
  const n = few.levels.length;
  const freedom = design.ratings - 1;
  const perMany = design.ratings / manyLevels;
  const perFew = design.ratings / n;
  const groups = levelGroupsOf(design);

  // Reused by every evaluation: fresh arrays each time would cost more than what is done with them.
  const weights: SymmetricMatrix = new Float64Array(n * n);
  const factor: SymmetricMatrix = new Float64Array(n * n);
  const inverse: SymmetricMatrix = new Float64Array(n * n);
  const scratch = new Float64Array(n * n);
  const scoresMany = new Float64Array(manyLevels);

  /**
   * Leaves W = Z'H⁻¹Z of `few` with `many` eliminated in `weights`, its diagonal without cancellation, and the Cholesky factor
   * of S = I + λ·W in `factor`.
   */
  const solveAt = ([s, t]: Pair): Solution => {
    const lambdaMany = Math.expm1(s) / perMany;
    const lambdaFew = Math.expm1(t) / perFew;
    const ones = new Float64Array(n);
    const values = Float64Array.from(groups.sumsOfFew);
    let information = 0;
    let total = 0;
    let logDet = 0;
    weights.fill(0);
    for (let group = 0; group < groups.counts.length; group++) {
      const count = at(groups.counts, group);
      const pivot = 1 + lambdaMany * count;
      const scale = lambdaMany / pivot;
      for (let pair = at(groups.start, group); pair < at(groups.start, group + 1); pair++) {
        const place = at(groups.places, pair);
        weights[place] = at(weights, place) - scale * at(groups.products, pair);
      }
      for (let j = 0, own = group * n; j < n; j++, own++) {
        const ratings = at(groups.ratings, own);
        const diagonal = j * n + j;
        weights[diagonal] = at(weights, diagonal) + (ratings + lambdaMany * at(groups.beside, own)) / pivot;
        ones[j] = at(ones, j) + ratings / pivot;
        values[j] = at(values, j) - scale * at(groups.sumsBy, own);
      }
      information += (at(groups.levels, group) * count) / pivot;
      total += at(groups.sums, group) / pivot;
      logDet += at(groups.levels, group) * Math.log(pivot);
    }
    for (let j = 0; j < n; j++) {
      for (let place = j * n; place < j * n + j; place++) factor[place] = lambdaFew * at(weights, place);
      factor[j * n + j] = lambdaFew * at(weights, j * n + j) + 1;
    }
    choleskyInto(factor, factor, n);
    logDet += logDeterminant(factor, n);

    const toMean = solve(factor, ones);
    const scoresFew = solve(factor, values);
    for (let j = 0; j < n; j++) {
      information -= lambdaFew * at(ones, j) * at(toMean, j);
      total -= lambdaFew * at(ones, j) * at(scoresFew, j);
    }
    const mean = total / information;
    let deviance = design.within;
    for (let j = 0; j < n; j++) {
      const score = at(scoresFew, j) - mean * at(toMean, j);
      scoresFew[j] = score;
      deviance += lambdaFew * score * score;
    }
    for (let i = 0; i < manyLevels; i++) {
      const end = at(start, i + 1);
      let residual = 0;
      for (let cell = at(start, i); cell < end; cell++) {
        const apart = at(meanOf, cell) - mean - lambdaFew * at(scoresFew, at(fewOf, cell));
        residual += at(countOf, cell) * apart;
      }
      const score = residual / (1 + lambdaMany * at(many.counts, i));
      scoresMany[i] = score;
      deviance += lambdaMany * score * score;
      for (let cell = at(start, i); cell < end; cell++) {
        const apart =
          at(meanOf, cell) - mean - lambdaFew * at(scoresFew, at(fewOf, cell)) - lambdaMany * score;
        deviance += at(countOf, cell) * apart * apart;
      }
    }
    return { lambdaMany, lambdaFew, logDet, information, toMean, mean, scoresMany, scoresFew, deviance };
  };

  const criterionOf = ({ logDet, information, deviance }: Solution): number =>
    logDet + Math.log(information) + freedom * (1 + Math.log((2 * Math.PI * deviance) / freedom));

  /** c'S⁻¹Z'H⁻¹1 of a level of `many`, c being its counts of `few`. */
  const linearOf = (toMean: Float64Array, i: number): number => {
    let linear = 0;
    for (let cell = at(start, i); cell < at(start, i + 1); cell++) {
      linear += at(countOf, cell) * at(toMean, at(fewOf, cell));
    }
    return linear;
  };

  /** c'S⁻¹c of a level of `many`; `inverse` must hold S⁻¹. */
  const quadraticOf = (i: number): number => {
    let quadratic = 0;
    for (let cell = at(start, i); cell < at(start, i + 1); cell++) {
      const j = at(fewOf, cell);
      const count = at(countOf, cell);
      let row = 0;
      for (let other = at(start, i); other < cell; other++) {
        row += at(countOf, other) * at(inverse, j * n + at(fewOf, other));
      }
      quadratic += count * (2 * row + count * at(inverse, j * n + j));
    }
    return quadratic;
  };

  /** Σ c'S⁻¹c over a group of levels. */
  const quadraticOfGroup = (group: number): number => {
    let quadratic = 0;
    for (let pair = at(groups.start, group); pair < at(groups.start, group + 1); pair++) {
      quadratic += 2 * at(groups.products, pair) * at(inverse, at(groups.places, pair));
    }
    for (let j = 0, own = group * n; j < n; j++, own++) {
      const squares = at(groups.counts, group) * at(groups.ratings, own) - at(groups.beside, own);
      quadratic += squares * at(inverse, j * n + j);
    }
    return quadratic;
  };

  /** ∂criterion/∂λ = tr(Z'PZ) − (N − 1)·‖Z'Py‖² / y'Py for each factor. */
  const slopeAt = (point: Pair): Slope => {
    const solution = solveAt(point);
    const { lambdaMany, lambdaFew, information, toMean, scoresFew, deviance } = solution;
    inverseInto(inverse, factor, n, scratch);
    let traceFew = 0;
    let squaresFew = 0;
    for (let j = 0; j < n; j++) {
      const row = j * n;
      for (let k = 0; k < j; k++) traceFew += 2 * at(inverse, row + k) * at(weights, row + k);
      traceFew += at(inverse, row + j) * at(weights, row + j) - at(toMean, j) ** 2 / information;
      squaresFew += at(scoresFew, j) ** 2;
    }
    let traceMany = 0;
    let squaresMany = 0;
    for (let group = 0; group < groups.counts.length; group++) {
      const count = at(groups.counts, group);
      const pivot = 1 + lambdaMany * count;
      const all = at(groups.levels, group) * count;
      traceMany += (all - (lambdaFew * quadraticOfGroup(group)) / pivot) / pivot;
    }
    for (let i = 0; i < manyLevels; i++) {
      const count = at(many.counts, i);
      const shared = (count - lambdaFew * linearOf(toMean, i)) / (1 + lambdaMany * count);
      traceMany -= (shared * shared) / information;
      squaresMany += at(scoresMany, i) ** 2;
    }
    return {
      value: criterionOf(solution),
      gradient: [
        (traceMany - (freedom * squaresMany) / deviance) * (lambdaMany + 1 / perMany),
        (traceFew - (freedom * squaresFew) / deviance) * (lambdaFew + 1 / perFew),
      ],
    };
  };

  const fitAt = (point: Pair): CrossedFit => {
    const solution = solveAt(point);
    const { lambdaMany, lambdaFew, information, toMean, scoresFew } = solution;
    inverseInto(inverse, factor, n, scratch);
    const variance = solution.deviance / freedom;
    const effectOf = (id: string, ratings: number, effect: number, own: number, shared: number): Effect => ({
      id,
      ratings,
      effect,
      standardError: Math.sqrt(variance * (own + shared ** 2 / information)),
      standardErrorWithMean: Math.sqrt(variance * (own + (1 - shared) ** 2 / information)),
    });
    const ofMany = many.levels.map((id, i) => {
      const count = at(many.counts, i);
      const pivot = 1 + lambdaMany * count;
      const own = lambdaMany / pivot + lambdaFew * quadraticOf(i) * (lambdaMany / pivot) ** 2;
      const shared = (lambdaMany * (count - lambdaFew * linearOf(toMean, i))) / pivot;
      return effectOf(id, count, lambdaMany * at(scoresMany, i), own, shared);
    });
    const ofFew = few.levels.map((id, j) => {
      const own = lambdaFew * at(inverse, j * n + j);
      return effectOf(id, at(few.counts, j), lambdaFew * at(scoresFew, j), own, lambdaFew * at(toMean, j));
    });
    const sdMany = Math.sqrt(lambdaMany * variance);
    const sdFew = Math.sqrt(lambdaFew * variance);
    const ratersAreMany = design.manyAre === 'RATERS';
    return {
      ratings: design.ratings,
      mean: design.centre + solution.mean,
      standardDeviation: {
        rater: ratersAreMany ? sdMany : sdFew,
        ratee: ratersAreMany ? sdFew : sdMany,
        residual: Math.sqrt(variance),
      },
      criterion: criterionOf(solution),
      raters: ratersAreMany ? ofMany : ofFew,
      ratees: ratersAreMany ? ofFew : ofMany,
    };
  };

  const upper = Math.log1p(LARGEST_RATIO_TIMES_RATINGS);
  const placeOf = (ratio: number, perLevel: number): number =>
    Math.min(upper, Math.max(0, Math.log1p(ratio * perLevel)));
  return {
    upper,
    pointOf: ({ rater, ratee }) =>
      design.manyAre === 'RATERS'
        ? [placeOf(rater, perMany), placeOf(ratee, perFew)]
        : [placeOf(ratee, perMany), placeOf(rater, perFew)],
    valueAt: (point) => criterionOf(solveAt(point)),
    slopeAt,
    fitAt,
  };
};

const at = (array: Float64Array | Int32Array, index: number): number => array[index] as number;
