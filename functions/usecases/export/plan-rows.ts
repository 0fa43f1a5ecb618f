import type { Actor } from '../../domain/access-policy.ts';
import { decimalOfMicro } from '../../domain/decimal.ts';
import type { Cell, Row } from '../../domain/export/table.ts';
import type { Target } from '../../domain/indicator/indicator.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import { type Locale, resultWords } from '../../domain/messages.ts';
import type { PlanLine } from '../../domain/plan/line.ts';
import { type Plan, planIdOf } from '../../domain/plan/plan.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { checkYear } from '../plan/plan-place.ts';
import { regionToday } from '../region-clock.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { type ExportLimits, inSlices, type Person, personPages, unitGroups } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { ExportRequest, RowsOf } from './rows-of.ts';

/** A person with their plan of the year in force. */
interface Planned {
  readonly member: Person;
  readonly address: WorkAddress;
  readonly plan: Plan;
  readonly lines: readonly PlanLine[];
}

/** Plans in force of one person, or of those who serve in the units: on the year's last day, or today while it runs. */
async function* plannedPages(
  deps: Deps,
  actor: Actor,
  request: ExportRequest,
  limits: ExportLimits,
): AsyncGenerator<readonly Planned[]> {
  const year = request.year ?? 0;
  checkYear(year);
  const today = await regionToday(deps);
  const lastDay = `${year}-12-31`;
  const day = today < lastDay ? today : lastDay;
  for await (const people of personPages(deps, actor, 'Query.plan', request, { day, limits })) {
    const wanted = people.flatMap((member) => {
      const address = staffAddress(member.staff, year);
      const planId = planIdOf({ kind: 'STAFF', staffId: member.staff.id }, year);
      return address === null ? [] : [{ member, address, planId }];
    });
    const plans = await deps.store.plans.getMany(wanted);
    yield wanted.flatMap(({ member, address }, at) => {
      const plan = plans[at] ?? null;
      return plan?.agreed == null ? [] : [{ member, address, plan, lines: plan.agreed.lines }];
    });
  }
}

/** One row for each target of each line of the plans in force. */
export const planRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  for await (const planned of plannedPages(deps, actor, request, limits)) {
    const rows = await Promise.all(
      planned.map(async ({ member, plan, lines }) => {
        const who = [
          String(plan.year),
          ...(await personCells(deps, actor, member.staff)),
          ...unitCells(member.unit),
        ];
        return targetRows(who, lines, locale);
      }),
    );
    yield rows.flat();
  }
};

/** One row for each target of each line of the agreements (perjanjian kinerja) in force of the units. */
export const agreementRows: RowsOf = async function* (deps, _, { unitId, year: asked }, limits, locale) {
  const year = asked ?? 0;
  checkYear(year);
  for await (const units of unitGroups(deps, unitId, limits)) {
    const plans = await deps.store.plans.getMany(
      units.map(({ id }) => ({
        address: agreementAddress(id, year),
        planId: planIdOf({ kind: 'UNIT', unitId: id }, year),
      })),
    );
    yield units.flatMap((unit, at) =>
      targetRows([String(year), ...unitCells(unit)], plans[at]?.agreed?.lines ?? [], locale),
    );
  }
};

const targetRows = (who: Row, lines: readonly PlanLine[], locale: Locale): readonly Row[] =>
  lines.flatMap((line) =>
    Object.entries(line.targets)
      .toSorted()
      .map(([month, target]) => [
        ...who,
        ...lineCells(line, locale),
        percentOf(line.weight),
        month,
        targetOf(target),
      ]),
  );

/** One row for each figure that was reported on the plans in force. */
export const realisationRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  for await (const planned of plannedPages(deps, actor, request, limits)) {
    const ofPlan = await reportedOn(deps, planned);
    const rows = await Promise.all(
      planned.map(async ({ member, plan, lines }) => {
        const who = [...(await personCells(deps, actor, member.staff)), ...unitCells(member.unit)];
        const byId = new Map(lines.map((line) => [line.id, line]));
        return (ofPlan.get(plan.id) ?? []).flatMap(({ lineId, month, value, state }): Row[] => {
          const line = byId.get(lineId);
          if (line === undefined) return [];
          const target = line.targets[month.slice(5)];
          return [
            [
              month,
              ...who,
              ...lineCells(line, locale),
              target === undefined ? null : targetOf(target),
              value,
              resultWords.realisation[state][locale],
            ],
          ];
        });
      }),
    );
    yield rows.flat();
  }
};

/** The year's realisations of the plans, by plan: each collection is read once. */
async function reportedOn(
  deps: Deps,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, readonly Realisation[]>> {
  const ofPlan = new Map<string, Realisation[]>(planned.map(({ plan }) => [plan.id, []]));
  const addresses = new Map(planned.map(({ address }) => [JSON.stringify(address), address]));
  await inSlices([...addresses.values()], async (address) => {
    const { year } = address;
    const found = await deps.store.realisations.ofCollection(address, `${year}-01`, `${year}-12`);
    for (const realisation of found) ofPlan.get(realisation.planId)?.push(realisation);
  });
  return ofPlan;
}

const lineCells = (line: PlanLine, locale: Locale): readonly Cell[] => [
  line.title,
  resultWords.line[line.kind][locale],
  line.indicatorName,
  line.measure.unitOfMeasure,
];

/** Basis points, which are hundredths of a percent, as percent. */
export const percentOf = (weight: number): Cell => decimalOfMicro(weight * 10_000);

export const targetOf = (target: Target): Cell =>
  'value' in target ? target.value : `${target.low}–${target.high}`;
