import { isRealisedByActivity, monthOfDay } from '../../domain/activity/activity.ts';
import { isActiveOn, unitsHeadedOn } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import { type PlanOwner, planIdOf } from '../../domain/plan/plan.ts';
import { type MissingFigure, missingFigures } from '../../domain/progress/progress.ts';
import type { Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { type Me, type Task, taskOf } from './task.ts';

/**
 * Figures that one has not reported: of the months that are over and still take them, in one's own plan and in the agreements of the
 * units that one heads; one task a plan and period. A figure that is built from activities waits for nobody's report while an activity
 * of its month waits to be verified. Reads the plans, and what was reached on them in the months that expect something.
 * @param accepting the months that take figures, with the period with which each is due
 */
export async function reportTasks(
  deps: Deps,
  me: Me,
  accepting: ReadonlyMap<Month, Period>,
): Promise<Task[]> {
  const thisMonth = monthOfDay(me.today);
  const over = [...accepting.keys()].filter((month) => month < thisMonth);
  const tasks = [...Map.groupBy(over, (month) => Number(month.slice(0, 4)))].flatMap(([year, months]) =>
    ownPlans(me, year).map((plan) => tasksOf(deps, plan, months, accepting)),
  );
  return (await Promise.all(tasks)).flat();
}

interface OwnPlan {
  readonly owner: PlanOwner;
  readonly planId: string;
  readonly address: WorkAddress;
}

function ownPlans({ self, staffId, organisation, today }: Me, year: number): OwnPlan[] {
  const address = self === null ? null : staffAddress(self, year);
  const own: PlanOwner = { kind: 'STAFF', staffId };
  const headed = unitsHeadedOn(organisation, staffId, today).filter((unit) => isActiveOn(unit, today));
  return [
    ...(address === null ? [] : [{ owner: own, planId: planIdOf(own, year), address }]),
    ...headed.map(({ id: unitId }): OwnPlan => {
      const owner: PlanOwner = { kind: 'UNIT', unitId };
      return { owner, planId: planIdOf(owner, year), address: agreementAddress(unitId, year) };
    }),
  ];
}

async function tasksOf(
  deps: Deps,
  own: OwnPlan,
  months: readonly Month[],
  accepting: ReadonlyMap<Month, Period>,
): Promise<Task[]> {
  const { owner, planId, address } = own;
  const plan = await deps.store.plans.get(address, planId);
  if (plan === null) return [];
  const expected = [...new Set(missingFigures(plan, [], months).map(({ month }) => month))];
  const realisations = await deps.store.realisations.ofPlan(address, planId, expected);
  const missing = await unreported(deps, own, missingFigures(plan, realisations, expected));
  const groups = Map.groupBy(missing, ({ month }) => accepting.get(month));
  return [...groups].flatMap(([period, figures]) =>
    period === undefined
      ? []
      : [
          taskOf('REPORT_REALISATIONS', `${planId}:${period.id}`, {
            staffId: owner.kind === 'STAFF' ? owner.staffId : null,
            unitId: owner.kind === 'UNIT' ? owner.unitId : null,
            planId,
            periodId: period.id,
            count: figures.length,
            deadline: period.closesAt,
          }),
        ],
  );
}

/** Without the figures that wait for the verification of activities that one has reported. */
async function unreported(
  { store }: Deps,
  { owner, planId, address }: OwnPlan,
  missing: readonly MissingFigure[],
): Promise<readonly MissingFigure[]> {
  const ofActivities = missing.filter(({ line }) => isRealisedByActivity(owner, line));
  const months = [...new Set(ofActivities.map(({ month }) => month))];
  const activities = await Promise.all(
    months.map((month) => store.activities.ofMonth(address, planId, month)),
  );
  const waiting = new Set(
    activities
      .flat()
      .filter(({ state }) => state === 'REPORTED')
      .map(({ lineId, day }) => `${lineId} ${monthOfDay(day)}`),
  );
  return missing.filter(({ line, month }) => !waiting.has(`${line.id} ${month}`));
}
