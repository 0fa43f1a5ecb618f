import type { PeriodCredit } from '../../domain/allowance/credit-account.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import { type Locale, resultWords } from '../../domain/messages.ts';
import { creditsOfPeriod } from '../allowance/read-credits.ts';
import { evaluatedPages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { publishedPeriod } from './result-rows.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/**
 * The credits (angka kredit) that a period earned a person, or those whom it evaluated in the units: one row a person and level that
 * was held, with all that is needed to recompute it; one that says why for who earned none.
 */
export const creditRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const period = await publishedPeriod(deps, request);
  for await (const members of evaluatedPages(deps, actor, 'Staff.credits', request, { period, limits })) {
    const people = members.map(({ staff }) => staff);
    const credits = await creditsOfPeriod(deps, people, period);
    const rows = await Promise.all(
      members.map(async ({ staff, unit }, at): Promise<readonly Row[]> => {
        const credit = credits[at] ?? null;
        if (credit === null) return [];
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        return spanRows(credit, locale).map((cells) => [period.id, ...who, ...cells]);
      }),
    );
    yield rows.flat();
  }
};

function spanRows({ predicate, spans, notEarned, counts }: PeriodCredit, locale: Locale): readonly Row[] {
  const given = wordOf(resultWords.predicate, predicate, locale);
  if (spans.length === 0)
    return [
      [
        given,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        wordOf(exportWords.creditGap, notEarned, locale),
      ],
    ];
  return spans.map(({ level, from, to, months, share, yearly, credit }) => [
    given,
    wordOf(exportWords.functionalLevel, level, locale),
    from,
    to,
    numberOf(months),
    numberOf(share),
    pointsOf(yearly),
    pointsOf(credit),
    wordOf(exportWords.yesNo, counts ? 'yes' : 'no', locale),
    null,
  ]);
}
