import { exportWords } from '../../domain/export/words.ts';
import { reject } from '../../domain/problem.ts';
import { phaseOf } from '../../domain/satisfaction/campaign.ts';
import { elementNames } from '../../domain/satisfaction/element-names.ts';
import { permits } from '../authorise.ts';
import { checkYear } from '../plan/plan-place.ts';
import { readAll, readPages } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { readSuggestions } from '../satisfaction/read-campaign.ts';
import { unitGroups, walkPages } from './export-scope.ts';
import { unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

const CHANNELS = ['withCode', 'withoutCode'] as const;
const ELEMENTS = Object.keys(elementNames);

/**
 * The closed campaigns of the units whose last day lies in a year: index and profile, answers with and without a code apart,
 * since they are never added up. What too few have answered has its number alone.
 */
export const surveyRows: RowsOf = async function* (deps, _, { unitId, year: asked }, limits, locale) {
  const year = asked ?? 0;
  checkYear(year);
  const { satisfaction } = deps.store;
  for await (const units of unitGroups(deps, unitId, limits)) {
    const found = await Promise.all(
      // Nine services surveyed each month are 108.
      units.map(({ id }) =>
        readAll((page) => satisfaction.ofUnitBetween(id, `${year}-01-01`, `${year}-12-31`, page)),
      ),
    );
    yield units.flatMap((unit, at) =>
      (found[at] ?? []).flatMap(({ service, opens, closes, result }) =>
        result === null
          ? []
          : CHANNELS.map((channel) => {
              const { answers, index, grade, elements } = result[channel];
              const means = new Map<string, number>(elements.map(({ element, mean }) => [element, mean]));
              return [
                ...unitCells(unit),
                service[locale],
                opens,
                closes,
                wordOf(exportWords.channel, channel, locale),
                numberOf(answers),
                pointsOf(index),
                grade,
                ...ELEMENTS.map((element) => pointsOf(means.get(element) ?? null)),
              ];
            }),
      ),
    );
  }
};

/** Campaigns whose figures are not there yet, by last day; codes and answers so far for those who may see their numbers. */
export const runningSurveyRows: RowsOf = async function* (deps, actor, _request, limits, locale) {
  const { satisfaction, organisation } = deps.store;
  const [{ units }, today] = await Promise.all([organisation.load(), regionToday(deps)]);
  for await (const campaigns of walkPages(limits, (page) => satisfaction.running(page))) {
    const permitted = await Promise.all(
      campaigns.map(({ unitId }) => permits(deps, actor, 'SurveyCampaign.counts', { unitId })),
    );
    const counted = campaigns.filter((_, at) => permitted[at]).map(({ id }) => id);
    const found = await satisfaction.counts(counted);
    yield campaigns.map((campaign) => {
      const counts = found[counted.indexOf(campaign.id)] ?? null;
      return [
        ...unitCells(units.get(campaign.unitId)),
        campaign.service[locale],
        campaign.opens,
        campaign.closes,
        wordOf(exportWords.surveyPhase, phaseOf(campaign, today), locale),
        numberOf(campaign.withoutCodePerHour),
        numberOf(campaign.minimumAnswers),
        numberOf(counts?.codesIssued ?? null),
        numberOf(counts?.withCode ?? null),
        numberOf(counts?.withoutCode ?? null),
      ];
    });
  }
};

/**
 * What citizens suggested in a campaign, in no order that means anything: what was published, and for those who may see them
 * those that wait or were withheld.
 */
export const suggestionRows: RowsOf = async function* (deps, actor, { campaignId }, _, locale) {
  const { satisfaction, organisation } = deps.store;
  const [campaign, { units }] = await Promise.all([satisfaction.get(campaignId ?? ''), organisation.load()]);
  if (campaign === null) throw reject('NOT_FOUND', 'campaignId', { id: campaignId ?? '' });
  const { id, service, opens, closes, unitId } = campaign;
  const about = [...unitCells(units.get(unitId)), service[locale], opens, closes];
  for (const state of ['PUBLISHED', 'SUBMITTED', 'WITHHELD'] as const)
    for await (const suggestions of readPages(async (page) =>
      state === 'PUBLISHED'
        ? satisfaction.suggestions(id, state, page)
        : ((await readSuggestions(deps, actor, campaign, state, page)) ?? { items: [], hasMore: false }),
    ))
      yield suggestions.map(({ text }) => [...about, wordOf(exportWords.suggestion, state, locale), text]);
};
