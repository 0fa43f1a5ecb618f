import { exportWords } from '../../domain/export/words.ts';
import { elementNames } from '../../domain/satisfaction/element-names.ts';
import { checkYear } from '../plan/plan-place.ts';
import { groupsOf, limitedUnitsOf } from './export-scope.ts';
import { unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** Campaigns of a unit that end in one year; each lasts a while, so that there are a handful. */
const MOST_IN_YEAR = 100;
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
  for (const units of groupsOf(await limitedUnitsOf(deps, unitId, limits))) {
    const found = await Promise.all(
      units.map(({ id }) => satisfaction.ofUnitBetween(id, `${year}-01-01`, `${year}-12-31`, MOST_IN_YEAR)),
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
