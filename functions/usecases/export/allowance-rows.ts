import type { Actor } from '../../domain/access-policy.ts';
import { lastDayOf } from '../../domain/calendar.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Month } from '../../domain/time.ts';
import { type AllowanceOfPolicy, allowancesOf } from '../allowance/read-allowance.ts';
import type { Deps } from '../deps.ts';
import { type Person, personPages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/**
 * The month's allowance of one person, or of those who serve in the units on its last day: one row a person, with all that is needed to recompute
 * the amount.
 */
export const allowanceRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const month = request.month ?? '';
  const scope = { day: lastDayOf(month), limits };
  for await (const members of personPages(deps, actor, 'Staff.allowance', request, scope)) {
    const people = members.map(({ staff }) => staff);
    const allowances = await allowancesOf(deps, people, month);
    const rows = await Promise.all(
      members.map(async (member, at) => {
        const allowance = allowances[at];
        return allowance === undefined ? [] : [await allowanceRow(deps, actor, member, allowance, locale)];
      }),
    );
    yield rows.flat();
  }
};

async function allowanceRow(
  deps: Deps,
  actor: Actor,
  { staff, unit }: Person,
  allowance: AllowanceOfPolicy,
  locale: Locale,
): Promise<Row> {
  const { attendance, weights } = allowance;
  return [
    allowance.month,
    ...(await personCells(deps, actor, staff)),
    ...unitCells(unit),
    numberOf(allowance.positionClass),
    numberOf(allowance.base),
    allowance.periodId,
    numberOf(weights.productivity),
    pointsOf(allowance.productivity),
    numberOf(attendance?.workingDays ?? null),
    numberOf(attendance?.absentDays ?? null),
    numberOf(attendance?.lostMinutes ?? null),
    numberOf(allowance.minutesADay),
    numberOf(weights.discipline),
    pointsOf(allowance.discipline),
    numberOf(allowance.amount),
    allowance.gaps.map((gap) => wordOf(exportWords.gap, gap, locale)).join('; ') || null,
    allowance.policyId,
  ];
}

/** The attendance of a month as it was imported, of one person or of those who serve in the units on its last day; empty where nothing was. */
export const attendanceRows: RowsOf = async function* (deps, actor, request, limits) {
  const month: Month = request.month ?? '';
  const scope = { day: lastDayOf(month), limits };
  for await (const members of personPages(deps, actor, 'Staff.allowance', request, scope)) {
    const found = await deps.store.attendance.getMany(
      members.map(({ staff }) => ({ staffId: staff.id, month })),
    );
    yield Promise.all(
      members.map(async ({ staff, unit }, at) => [
        month,
        ...(await personCells(deps, actor, staff)),
        ...unitCells(unit),
        numberOf(found[at]?.workingDays ?? null),
        numberOf(found[at]?.absentDays ?? null),
        numberOf(found[at]?.lostMinutes ?? null),
      ]),
    );
  }
};
