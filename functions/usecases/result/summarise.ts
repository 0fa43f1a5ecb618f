import type {
  AssessorCapacity,
  Behaviour,
  Evaluation,
  LineExplanation,
  PeriodPart,
  PoolExplanation,
  Ranks,
  WorkResult,
} from '../../domain/evaluation/result.ts';
import { unitPredicateOf } from '../../domain/evaluation/unit-assessment.ts';
import type { Target } from '../../domain/indicator/indicator.ts';
import { type Locale, resultWords, type SummaryKey, summaryText } from '../../domain/messages.ts';
import { numberWords } from '../../domain/number-words.ts';
import type { ProblemParams } from '../../domain/problem.ts';
import { isAnonymous } from '../../domain/rating/pool.ts';
import type { ExpectationRating } from '../../domain/rating/rating.ts';
import { formatPoints, type Micro } from '../../domain/rounding.ts';

/** Micro-points as the reader writes them, two decimals. */
const points = (micro: Micro, locale: Locale): string => numberWords(formatPoints(micro), locale);

const DECIDED_AS = {
  ASSESSOR: 'DECIDED',
  ASSESSORS_SUPERIOR: 'DECIDED_IN_PLACE',
  FOR_FORMER_ASSESSOR: 'DECIDED_FOR_FORMER',
  REGIONAL_HEAD: 'DECIDED_BY_REGIONAL_HEAD',
} as const satisfies Record<AssessorCapacity, SummaryKey>;

/** A sentence to come, before it is put into a language. */
type Sentence = readonly [key: SummaryKey, params: ProblemParams];

/**
 * The way to a result in sentences that a staff member can follow: every line with target, realisation, achievement and
 * weight, every group of raters, proposal and decision, predicate, score and ranks. Figures with two decimals.
 * @param poolsOfUnit name of the unit by whose weights the behaviour is scored; null: by the region's
 */
export function summarise(
  evaluation: Omit<Evaluation, 'policyId'>,
  ranks: Ranks | null,
  locale: Locale,
  poolsOfUnit: string | null = null,
): readonly string[] {
  const sentences = [
    ...presenceSentences(evaluation),
    ...carriedOverSentences(evaluation, locale),
    ...workResultSentences(evaluation.workResult, locale),
    ...behaviourSentences(evaluation.behaviour, locale, poolsOfUnit),
    ...verdictSentences(evaluation, locale),
    ...rankSentences(ranks),
  ];
  return sentences.map(([key, params]) => summaryText(key, params, locale));
}

function presenceSentences({ presence }: Pick<Evaluation, 'presence'>): Sentence[] {
  if (presence === null) return [];
  const { days, served, absent, study, evaluated } = presence;
  const sentences: Sentence[] = [['PRESENCE', { days, served, absent, present: served - absent }]];
  if (study > 0) sentences.push(['STUDY', { study }]);
  if (!evaluated) sentences.push(['NOT_PRESENT', {}]);
  return sentences;
}

function carriedOverSentences({ carriedOver }: Pick<Evaluation, 'carriedOver'>, locale: Locale): Sentence[] {
  if (carriedOver === null) return [];
  const { periodId, proposedBy } = carriedOver;
  return [['CARRIED_OVER', { period: periodId, by: resultWords.carryoverSide[proposedBy][locale] }]];
}

function workResultSentences(
  { source, unit, periods, score, lines, notMeasured }: WorkResult,
  locale: Locale,
): Sentence[] {
  const main = lines.filter(({ kind }) => kind === 'MAIN');
  const head: Sentence =
    score === null
      ? ['NO_WORK_RESULT', { reason: resultWords.notMeasured[notMeasured ?? 'NO_LINES_MEASURED'][locale] }]
      : source === 'UNIT_ACHIEVEMENT'
        ? ['WORK_RESULT_OF_UNIT', { score: points(score, locale) }]
        : periods !== null
          ? ['WORK_RESULT_OF_PERIODS', { score: points(score, locale), periods: partsText(periods, locale) }]
          : [
              'WORK_RESULT',
              {
                score: points(score, locale),
                measured: main.filter(({ achievement }) => achievement !== null).length,
                lines: main.length,
              },
            ];
  return [
    head,
    ...unitSentences(unit, locale),
    ...lines.map((line) => lineSentence(line, score !== null, locale)),
  ];
}

/** Who set the predicate of the unit that the person heads is told by the role, not by the name. */
function unitSentences(unit: WorkResult['unit'], locale: Locale): Sentence[] {
  const predicate = unit && unitPredicateOf(unit);
  if (unit === null || predicate === null) return [];
  const word = resultWords.unitPredicate[predicate][locale];
  const { decision, proposed } = unit;
  if (decision === null) return [['UNIT_PREDICATE_PROPOSED', { predicate: word }]];
  return [
    [
      'UNIT_PREDICATE_SET',
      {
        predicate: word,
        by: resultWords.unitDecider[decision.as][locale],
        ...(proposed !== null &&
          proposed !== predicate && { proposed: resultWords.unitPredicate[proposed][locale] }),
        ...(decision.reason !== null && { reason: decision.reason }),
      },
    ],
  ];
}

const partsText = (parts: readonly PeriodPart[], locale: Locale): string =>
  parts
    .map(({ periodId, score }) => `${periodId} ${score === null ? '–' : points(score, locale)}`)
    .join(', ');

/** @param isShared whether other lines take the weight of one that is not counted */
function lineSentence(line: LineExplanation, isShared: boolean, locale: Locale): Sentence {
  const { kind, title, achievement, target, realisation, effectiveWeight, notMeasured, rating } = line;
  const reached = realisation === null ? null : numberWords(realisation, locale);
  if (achievement === null) {
    return [
      'LINE_NOT_MEASURED',
      {
        title,
        reason: resultWords.notMeasured[notMeasured ?? 'NO_REALISATION'][locale],
        ...(reached !== null && { realisation: reached }),
        ...(isShared && kind === 'MAIN' && { weight: resultWords.weight.SHARED[locale] }),
      },
    ];
  }
  const figures = {
    title,
    target: targetText(target, locale),
    realisation: reached ?? '–',
    achievement: points(achievement, locale),
    ...(rating !== null && { rating: resultWords.rating[rating][locale] }),
  };
  return kind === 'MAIN'
    ? ['LINE', { ...figures, weight: percentOf(effectiveWeight, locale) }]
    : ['ADDITIONAL_LINE', figures];
}

const targetText = (target: Target | null, locale: Locale): string => {
  if (target === null) return '–';
  return 'value' in target
    ? numberWords(target.value, locale)
    : `${numberWords(target.low, locale)}–${numberWords(target.high, locale)}`;
};

/** Basis points as percent with two decimals. */
const percentOf = (basisPoints: number, locale: Locale): string => points(basisPoints * 10_000, locale);

function behaviourSentences(behaviour: Behaviour, locale: Locale, poolsOfUnit: string | null): Sentence[] {
  const { periods, pools, score, rawScore, counts, notMeasured } = behaviour;
  const head: Sentence[] =
    score !== null && periods !== null
      ? [['BEHAVIOUR_OF_PERIODS', { score: points(score, locale), periods: partsText(periods, locale) }]]
      : score !== null
        ? counts === 'ADJUSTED' && rawScore !== null
          ? [['BEHAVIOUR_ADJUSTED', { score: points(score, locale), raw: points(rawScore, locale) }]]
          : [['BEHAVIOUR', { score: points(score, locale) }]]
        : notMeasured !== null
          ? [['NO_BEHAVIOUR', { reason: resultWords.notMeasured[notMeasured][locale] }]]
          : [];
  return [
    ...head,
    ...pools.map((pool) => poolSentence(pool, score !== null, locale)),
    ...(poolsOfUnit === null ? [] : [['POOLS_OF_UNIT', { unit: poolsOfUnit }] as const]),
    ...adjustmentSentences(behaviour, locale),
  ];
}

function adjustmentSentences({ adjusted, counts }: Behaviour, locale: Locale): Sentence[] {
  if (adjusted === null) return [];
  const { ratings, mean, standardError, score, notAdjusted } = adjusted;
  if (notAdjusted !== null) {
    return [['NOT_ADJUSTED', { reason: resultWords.notAdjusted[notAdjusted][locale] }]];
  }
  const figures = {
    mean: points(mean ?? 0, locale),
    error: points(standardError ?? 0, locale),
    score: points(score ?? 0, locale),
  };
  return [['ADJUSTED', { ...figures, ratings, counts: resultWords.counts[counts][locale] }]];
}

/** @param isShared whether other groups take the weight of one that is not counted */
function poolSentence(pool: PoolExplanation, isShared: boolean, locale: Locale): Sentence {
  const groups = pool.groups.map((group) => resultWords.group[group][locale]).join(' + ');
  if (pool.points !== null) {
    const weight = percentOf(pool.effectiveWeight, locale);
    return ['POOL', { groups, points: points(pool.points, locale), weight }];
  }
  if (pool.notMeasured === null && isAnonymous(pool.groups)) return ['POOL_LATER', { groups }];
  const reason = resultWords.notMeasured[pool.notMeasured ?? 'NO_RATINGS'][locale];
  return [
    'POOL_NOT_COUNTED',
    { groups, reason, ...(isShared && { weight: resultWords.weight.SHARED[locale] }) },
  ];
}

function verdictSentences(
  {
    workResult,
    behaviour,
    assessor,
    verdict,
    leftOut,
    predicate,
    score,
    scoreShares,
    numericClass,
  }: Omit<Evaluation, 'policyId'>,
  locale: Locale,
): Sentence[] {
  const word = (rating: ExpectationRating | null): string =>
    rating === null ? '–' : resultWords.rating[rating][locale];
  const sentences: Sentence[] = [
    ['PROPOSED', { workResult: word(workResult.proposed), behaviour: word(behaviour.proposed) }],
  ];
  if (assessor !== null) {
    sentences.push([
      DECIDED_AS[assessor.as],
      {
        workResult: word(assessor.workResult),
        behaviour: word(assessor.behaviour),
        ...(assessor.reason !== null && { reason: assessor.reason }),
      },
    ]);
  }
  if (verdict !== null && verdict.workResult !== null) {
    sentences.push(['WORK_RESULT_ON_OBJECTION', { rating: word(verdict.workResult) }]);
  }
  if (verdict !== null && verdict.behaviour !== null) {
    sentences.push(['BEHAVIOUR_ON_OBJECTION', { rating: word(verdict.behaviour) }]);
  }
  if (leftOut !== null) {
    const decisions = leftOut.decisionBy === null ? 0 : 1;
    sentences.push(['LEFT_OUT', { decisions, ratings: leftOut.superiorRatings }]);
  }
  sentences.push(
    predicate === null
      ? ['NO_PREDICATE', {}]
      : ['PREDICATE', { predicate: resultWords.predicate[predicate][locale] }],
  );
  if (score !== null && scoreShares !== null) {
    sentences.push([
      'SCORE',
      {
        workShare: scoreShares.workResult,
        behaviourShare: scoreShares.behaviour,
        score: points(score, locale),
      },
    ]);
  }
  if (numericClass !== null) {
    sentences.push(['CLASS', { numericClass: resultWords.numericClass[numericClass][locale] }]);
  }
  return sentences;
}

const rankSentences = (ranks: Ranks | null): Sentence[] =>
  ranks === null
    ? []
    : [
        [
          'RANKS',
          {
            unit: ranks.unit.rank,
            ofUnit: ranks.unit.of,
            jobGroup: ranks.jobGroup.rank,
            ofJobGroup: ranks.jobGroup.of,
            region: ranks.region.rank,
            ofRegion: ranks.region.of,
          },
        ],
      ];
