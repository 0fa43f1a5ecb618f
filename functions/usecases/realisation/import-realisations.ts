import type { Actor } from '../../domain/access-policy.ts';
import { checkReportedByHand } from '../../domain/activity/activity.ts';
import { isMonth } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { adoptRealisation, checkReport, type Realisation } from '../../domain/indicator/realisation.ts';
import { periodsCovering } from '../../domain/period/span.ts';
import { type Plan, type PlanOwner, planIdOf } from '../../domain/plan/plan.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored, WorkAddress } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { officerToday } from '../interest.ts';
import { isOwnPlan } from '../plan/plan-place.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { checkAccepting } from './accepting-periods.ts';
import type { RealisationKey } from './change-realisation.ts';

export interface RealisationRow {
  readonly ownerKind: 'STAFF' | 'UNIT';
  /** NIP, or code of the unit. */
  readonly owner: string;
  readonly lineId: string;
  readonly month: Month;
  readonly value: Decimal;
  readonly evidence?: readonly string[] | null | undefined;
  readonly note?: string | null | undefined;
}

/** A realisation takes two items, and each period that covers a month one gate. DynamoDB takes 100 in a transaction. */
function rowsATransaction(rows: readonly ImportRow<RealisationRow>[]): number {
  const gates = new Set(rows.flatMap(({ row }) => (isMonth(row.month) ? periodsCovering(row.month) : [])));
  // A batch over several years could need more gates than there is room for: then a row at a time needs three.
  return Math.max(1, Math.floor((100 - Math.min(gates.size, 97)) / 2));
}

/**
 * Imports realisations as verified, on plans in force and into open periods, and none of a plan that is the importer's own matter
 * (`isOwnPlan`). One that is there with the same content is left alone, also when its period is closed; what people have decided since
 * is not undone (WRONG_STATE, see `checkDecided`). @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importRealisations(
  deps: Deps,
  actor: Actor,
  input: readonly RealisationRow[],
): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importRealisations', input, {
    named: {
      path: 'month',
      by: ({ ownerKind, owner, lineId, month }) => JSON.stringify([ownerKind, owner.trim(), lineId, month]),
    },
    rowsATransaction,
    prepare: (together) => prepareRealisations(deps, actor, together),
  });
}

interface Located {
  readonly index: number;
  readonly row: RealisationRow;
  readonly address: WorkAddress;
  readonly key: RealisationKey;
  readonly year: number;
}

async function prepareRealisations(
  deps: Deps,
  actor: Actor,
  rows: readonly ImportRow<RealisationRow>[],
): Promise<readonly PreparedRow[]> {
  const { store } = deps;
  const [office, periods, staff] = await Promise.all([
    officerToday(deps, actor),
    store.periods.list(),
    findByNips(
      deps,
      rows.flatMap(({ row }) => (row.ownerKind === 'STAFF' ? [row.owner.trim()] : [])),
    ),
  ]);
  const { organisation, today } = office;
  const periodById = new Map(periods.map((period) => [period.id, period]));

  const located = rows.map(({ index, row }): Located | PreparedRow => {
    const { lineId, month } = row;
    if (!isMonth(month)) return { index, problems: [problem('INVALID_FORMAT', 'month', { value: month })] };
    const year = Number(month.slice(0, 4));
    const at = (owner: PlanOwner, address: WorkAddress): Located | PreparedRow =>
      isOwnPlan(office, owner)
        ? { index, problems: [problem('FORBIDDEN', 'owner')] }
        : { index, row, address, key: { planId: planIdOf(owner, year), lineId, month }, year };
    if (row.ownerKind === 'UNIT') {
      const unit = unitByCode(organisation, row.owner.trim());
      return unit === null
        ? { index, problems: [problem('NOT_FOUND', 'owner', { id: row.owner.trim() })] }
        : at({ kind: 'UNIT', unitId: unit.id }, agreementAddress(unit.id, year));
    }
    const person = staff.get(row.owner.trim());
    if (person === undefined) return { index, problems: [problem('NOT_FOUND', 'owner')] };
    const address = staffAddress(person, year);
    return address === null
      ? { index, problems: [problem('NOT_MEMBER', 'month')] }
      : at({ kind: 'STAFF', staffId: person.id }, address);
  });

  const found = located.filter((each) => 'key' in each);
  const [plans, existing] = await Promise.all([plansOf(deps, found), existingRealisations(deps, found)]);
  const prepare = async (each: Located | PreparedRow): Promise<PreparedRow> => {
    if (!('key' in each)) return each;
    const { index, row, address, key, year } = each;
    const agreed = plans.get(key.planId)?.agreed ?? null;
    if (agreed === null) return { index, problems: [problem('NOT_FOUND', 'owner', { id: key.planId })] };
    const report = {
      lineId: row.lineId,
      month: row.month,
      value: row.value,
      evidence: (row.evidence ?? []).map((link) => link.trim()).filter((link) => link !== ''),
      note: tidy(row.note ?? '') || null,
    };
    const before = existing.get(JSON.stringify(key)) ?? null;
    if (before?.state === 'VERIFIED' && contentOf(before) === contentOf(report))
      return { index, unchanged: true };
    const covering = periodsCovering(row.month).flatMap((id) => periodById.get(id) ?? []);
    const owner = plans.get(key.planId)?.owner;
    const problems = [
      ...checkReport(agreed, year, report),
      ...(owner === undefined ? [] : checkReportedByHand(owner, agreed, row.lineId)),
      ...checkAccepting(covering, row.month, today),
      ...(before === null ? [] : await checkDecided(deps, before, contentOf(report))),
    ];
    if (problems.length > 0) return { index, problems };
    const after = adoptRealisation(before, key.planId, report, actor.id, deps.now());
    return { index, write: store.realisations.save(address, before, after) };
  };
  return Promise.all(located.map(prepare));
}

/**
 * What stands of a figure against a row, where people have decided: the row says again what was rejected, or what an import brought and
 * people have reported, rejected or corrected otherwise since; or an objection set the figure right. @returns WRONG_STATE at `value`
 */
async function checkDecided(
  { store }: Deps,
  before: Stored<Realisation>,
  said: string,
): Promise<readonly Problem[]> {
  const decided = [problem('WRONG_STATE', 'value', { state: before.state })];
  if (contentOf(before) === said) return before.state === 'REJECTED' ? decided : [];
  if (before.setRightBy !== undefined) return decided;
  const trail = store.audit.nameOf.realisation(before);
  const { items } = await store.audit.entries(trail, { first: MOST_ENTRIES, after: null });
  const isImport = items.map(({ value: { operation } }) => operation === 'importRealisations');
  const brought = items.findLastIndex(
    ({ value: { after } }, at) =>
      isImport[at] === true && after !== null && contentOf(JSON.parse(after)) === said,
  );
  return brought >= 0 && isImport.includes(false, brought) ? decided : [];
}

/** More often than this nobody decides on one figure. */
const MOST_ENTRIES = 1_000;

const contentOf = ({ value, evidence, note }: Pick<Realisation, 'value' | 'evidence' | 'note'>): string =>
  canonicalJson({ value, evidence, note });

/** The plans that the rows name, in one batch. */
async function plansOf({ store }: Deps, rows: readonly Located[]): Promise<ReadonlyMap<string, Plan>> {
  const wanted = new Map(rows.map(({ address, key }) => [key.planId, { address, planId: key.planId }]));
  const plans = await store.plans.getMany([...wanted.values()]);
  return new Map(plans.flatMap((plan) => (plan === null ? [] : [[plan.id, plan]])));
}

/** The realisations that are there, in one batch. */
async function existingRealisations(
  { store }: Deps,
  rows: readonly Located[],
): Promise<ReadonlyMap<string, Stored<Realisation>>> {
  const realisations = await store.realisations.getMany(
    rows.map(({ address, key }) => ({ address, ...key })),
  );
  return new Map(
    rows.flatMap(({ key }, at) => {
      const realisation = realisations[at];
      return realisation ? [[JSON.stringify(key), realisation] as const] : [];
    }),
  );
}
