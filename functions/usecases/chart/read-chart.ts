import type { Actor } from '../../domain/access-policy.ts';
import type { ChartSpec } from '../../domain/chart/chart.ts';
import { PREDICATES } from '../../domain/evaluation/predicate.ts';
import { type Locale, type Message, resultWords } from '../../domain/messages.ts';
import { numberWords } from '../../domain/number-words.ts';
import type { PeriodKind } from '../../domain/period/span.ts';
import { reject } from '../../domain/problem.ts';
import type { Micro } from '../../domain/rounding.ts';
import { formatPoints } from '../../domain/rounding.ts';
import { elementNames } from '../../domain/satisfaction/element-names.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { readRanking } from '../ranking/read-ranking.ts';
import { readUnitResult } from '../result/read-unit-result.ts';
import { indicatorTrend, staffTrend, unitTrend } from '../trend/read-trends.ts';

/** Which chart of what; what a kind needs must be given. */
export interface ChartRequest {
  readonly kind:
    | 'UNIT_TREND'
    | 'INDICATOR_TREND'
    | 'STAFF_TREND'
    | 'DISTRIBUTION'
    | 'RANKING'
    | 'ELEMENT_PROFILE';
  readonly unitId?: string | null | undefined;
  readonly staffId?: string | null | undefined;
  readonly indicatorId?: string | null | undefined;
  readonly periodId?: string | null | undefined;
  readonly campaignId?: string | null | undefined;
  readonly periodKind?: PeriodKind | null | undefined;
  readonly last?: number | null | undefined;
}

const WORDS = {
  achievement: { id: 'Capaian (%)', en: 'Achievement (%)' },
  score: { id: 'Nilai', en: 'Score' },
  staff: { id: 'Pegawai', en: 'Staff' },
  mean: { id: 'Nilai rata-rata (1–4)', en: 'Mean (1–4)' },
  trendOf: { id: 'Tren', en: 'Trend' },
  distributionOf: { id: 'Sebaran predikat', en: 'Distribution of predicates' },
  ranking: { id: 'Peringkat', en: 'Ranking' },
  profile: { id: 'Profil unsur SKM', en: 'Profile of the survey elements' },
  notMeasured: { id: 'tidak terukur', en: 'not measured' },
  hidden: { id: 'disembunyikan', en: 'hidden' },
} as const satisfies Readonly<Record<string, Message>>;

const RANKED = 20;
const ACHIEVEMENTS = { low: 0, high: 120 };
const TREND = { kind: 'QUARTER', last: 8 } as const;

/**
 * A chart's data with the rules of the query that shows the same: what is hidden there is hidden here. Null where there is
 * nothing to draw. @throws Rejection REQUIRED, NOT_FOUND, FORBIDDEN, OUT_OF_RANGE
 */
export async function readChart(
  deps: Deps,
  actor: Actor,
  request: ChartRequest,
  locale: Locale,
): Promise<ChartSpec | null> {
  await authorise(deps, actor, 'Query.chart');
  const range = { kind: request.periodKind ?? TREND.kind, last: request.last ?? TREND.last };
  const points = (
    title: string,
    unit: Message,
    found: readonly { readonly periodId: string; readonly score: Micro | null }[],
  ): ChartSpec | null =>
    found.length === 0
      ? null
      : {
          form: 'LINE',
          title,
          unit: unit[locale],
          categories: found.map(({ periodId }) => periodId),
          ...figures(
            found.map(({ score }) => score),
            locale,
          ),
          range: ACHIEVEMENTS,
        };
  switch (request.kind) {
    case 'UNIT_TREND': {
      const unit = await unitNamed(deps, request);
      const found = await unitTrend(deps, actor, unit.id, range);
      return points(`${WORDS.trendOf[locale]}: ${unit.name}`, WORDS.achievement, found);
    }
    case 'INDICATOR_TREND': {
      const unit = await unitNamed(deps, request);
      const indicatorId = required(request.indicatorId, 'indicatorId');
      const found = await indicatorTrend(deps, actor, { unitId: unit.id, indicatorId }, range);
      const name = found.at(-1)?.line.indicatorName ?? '';
      return points(`${name} (${unit.name})`, WORDS.achievement, found);
    }
    case 'STAFF_TREND': {
      // Who is not signed in does not even learn who there is.
      if (actor.roles.has('PUBLIC')) throw reject('UNAUTHENTICATED');
      const staffId = required(request.staffId, 'staffId');
      const staff = await deps.store.staff.get(staffId);
      if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
      const found = await staffTrend(deps, actor, staff, range);
      if (found === null) throw reject('FORBIDDEN');
      return points(`${WORDS.trendOf[locale]}: ${staff.name}`, WORDS.score, found);
    }
    case 'DISTRIBUTION':
      return distribution(deps, actor, request, locale);
    case 'RANKING':
      return ranking(deps, actor, request, locale);
    case 'ELEMENT_PROFILE':
      return profile(deps, request, locale);
  }
}

async function distribution(
  deps: Deps,
  actor: Actor,
  request: ChartRequest,
  locale: Locale,
): Promise<ChartSpec | null> {
  const unit = await unitNamed(deps, request);
  const periodId = required(request.periodId, 'periodId');
  const result = await readUnitResult(deps, actor, { unitId: unit.id, periodId });
  if (result === null) return null;
  const counts = PREDICATES.map((predicate) => result.distribution[predicate]);
  return {
    form: 'BARS',
    title: `${WORDS.distributionOf[locale]} ${periodId}: ${unit.name}`,
    unit: WORDS.staff[locale],
    categories: PREDICATES.map((predicate) => resultWords.predicate[predicate][locale]),
    values: counts,
    labels: counts.map((count) => (count === null ? WORDS.hidden[locale] : String(count))),
    range: null,
  };
}

async function ranking(
  deps: Deps,
  actor: Actor,
  request: ChartRequest,
  locale: Locale,
): Promise<ChartSpec | null> {
  const periodId = required(request.periodId, 'periodId');
  const unit = request.unitId == null ? null : await unitNamed(deps, request);
  const scope = unit === null ? ({ kind: 'REGION' } as const) : { kind: 'UNIT' as const, unitId: unit.id };
  // One's own line is no ranking: the whole of it is for those who may read it.
  if (!(await permits(deps, actor, 'Query.ranking', unit === null ? undefined : { unitId: unit.id })))
    throw reject(actor.roles.has('PUBLIC') ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  const found = await readRanking(deps, actor, periodId, scope, { first: RANKED }, {});
  if (found === null || found.items.length === 0) return null;
  const entries = found.items.map(({ value }) => value);
  const people = await deps.store.staff.getMany(entries.map(({ staffId }) => staffId));
  return {
    form: 'ROWS',
    title: `${WORDS.ranking[locale]} ${periodId}${unit === null ? '' : `: ${unit.name}`}`,
    unit: WORDS.score[locale],
    categories: entries.map(({ rank }, at) => `${rank}. ${people[at]?.name ?? ''}`),
    ...figures(
      entries.map(({ score }) => score),
      locale,
    ),
    range: ACHIEVEMENTS,
  };
}

async function profile(deps: Deps, request: ChartRequest, locale: Locale): Promise<ChartSpec | null> {
  const campaignId = required(request.campaignId, 'campaignId');
  const campaign = await deps.store.satisfaction.get(campaignId);
  if (campaign === null) throw reject('NOT_FOUND', 'campaignId', { id: campaignId });
  // Answers with a code speak for the service; without figures of them there is no profile.
  const elements = campaign.result?.withCode.elements ?? [];
  if (elements.length === 0) return null;
  return {
    form: 'ROWS',
    title: `${WORDS.profile[locale]}: ${campaign.service[locale]}`,
    unit: WORDS.mean[locale],
    categories: elements.map(({ element }) => elementNames[element][locale]),
    ...figures(
      elements.map(({ mean }) => mean),
      locale,
    ),
    range: { low: 1, high: 4 },
  };
}

const figures = (
  scores: readonly (Micro | null)[],
  locale: Locale,
): Pick<ChartSpec, 'values' | 'labels'> => ({
  values: scores.map((score) => (score === null ? null : Number(formatPoints(score)))),
  labels: scores.map((score) =>
    score === null ? WORDS.notMeasured[locale] : numberWords(formatPoints(score), locale),
  ),
});

async function unitNamed(deps: Deps, request: ChartRequest) {
  const unitId = required(request.unitId, 'unitId');
  const unit = (await deps.store.organisation.load()).units.get(unitId);
  if (unit === undefined) throw reject('NOT_FOUND', 'unitId', { id: unitId });
  return unit;
}

function required(value: string | null | undefined, path: string): string {
  if (value == null || value === '') throw reject('REQUIRED', path);
  return value;
}
