import { lastDayOf } from '../../domain/calendar.ts';
import { exportWords } from '../../domain/export/words.ts';
import { allowancesOf } from '../allowance/read-allowance.ts';
import type { RowsOf } from './collect-table.ts';
import { membersOf, unitsOf } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** The month's allowance of those who serve in the units on its last day, with the attendance that it follows from. */
export const allowanceRows: RowsOf = async (deps, actor, request, limits, locale) => {
  const month = request.month ?? '';
  const units = await unitsOf(deps, request.unitId);
  const scope = { units, day: lastDayOf(month), limits };
  const members = await membersOf(deps, actor, 'Staff.allowance', scope);
  const allowances = await allowancesOf(
    deps,
    members.map(({ staff }) => staff),
    month,
  );
  const rows = await Promise.all(
    members.map(async ({ staff, unit }, at) => {
      const allowance = allowances[at];
      if (allowance === undefined) return [];
      const { attendance } = allowance;
      return [
        [
          month,
          ...(await personCells(deps, actor, staff)),
          ...unitCells(unit),
          numberOf(allowance.positionClass),
          numberOf(allowance.base),
          allowance.periodId,
          pointsOf(allowance.productivity),
          numberOf(attendance?.workingDays ?? null),
          numberOf(attendance?.absentDays ?? null),
          numberOf(attendance?.lostMinutes ?? null),
          pointsOf(allowance.discipline),
          numberOf(allowance.amount),
          allowance.gaps.map((gap) => wordOf(exportWords.gap, gap, locale)).join('; ') || null,
          allowance.policyId,
        ],
      ];
    }),
  );
  return rows.flat();
};
