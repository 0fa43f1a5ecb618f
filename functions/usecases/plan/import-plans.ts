import type { Actor, Operation } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type {
  Aspect,
  Indicator,
  IndicatorDefinition,
  Perspective,
} from '../../domain/indicator/indicator.ts';
import { ancestorsOf, type Organisation } from '../../domain/organisation/organisation.ts';
import { assignmentOn, homeInYear } from '../../domain/organisation/staff.ts';
import { linkChanges } from '../../domain/plan/cascade.ts';
import type { Serves } from '../../domain/plan/line.ts';
import { adoptPlan, newPlan, type PlanOwner, planIdOf } from '../../domain/plan/plan.ts';
import { type Problem, problem, Rejection } from '../../domain/problem.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { WorkAddress } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { readAll } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { closedMonthsOf } from './closed-months.ts';
import { buildPlanLines, checkReferences, definitionOn, type TargetInput } from './plan-lines.ts';
import { checkPlanYear, isOwnPlan } from './plan-place.ts';

export interface ImportLineRow {
  readonly id: string;
  readonly kind?: 'MAIN' | 'ADDITIONAL' | null | undefined;
  readonly title?: string | null | undefined;
  readonly aspect?: Aspect | null | undefined;
  readonly perspective?: Perspective | null | undefined;
  readonly goalCode?: string | null | undefined;
  readonly indicatorCode: string;
  readonly serves?: Serves | null | undefined;
  readonly weight?: number | null | undefined;
  readonly target?: TargetInput | null | undefined;
  readonly monthlyTargets?:
    | readonly { readonly month: Month; readonly target: TargetInput }[]
    | null
    | undefined;
}
export interface AgreementRow {
  readonly unitCode: string;
  readonly year: number;
  readonly lines: readonly ImportLineRow[];
}
export interface PlanRow {
  readonly nip: string;
  readonly year: number;
  readonly lines: readonly ImportLineRow[];
}

/** Items that DynamoDB takes in a transaction. */
const MOST_ITEMS = 100;
/** A plan itself, its audit entry, its revision. */
const ITEMS_A_PLAN = 3;
/** A year's own gate, and those of its months, quarters and the whole of it where targets change. */
const GATES_A_YEAR = 18;

/** Rows that mostly fit in a transaction with what they serve; those that do not are left for the next one. */
const rowsATransaction = (rows: readonly ImportRow<WholePlan>[]): number => {
  const years = new Set(rows.map(({ row }) => row.year)).size;
  const links = Math.max(
    ...rows.map(({ row: { lines } }) => {
      const served = lines.flatMap(({ serves }) =>
        serves ? JSON.stringify([serves.planId, serves.lineId]) : [],
      );
      return new Set([...lines.flatMap(({ goalCode }) => goalCode?.trim() || []), ...served]).size;
    }),
  );
  return Math.max(1, Math.floor((MOST_ITEMS - years * GATES_A_YEAR) / (ITEMS_A_PLAN + links)));
};

/** Of prepared rows those that fit in one transaction, in order; the others are for a later one. The first always fits. */
function thatFit(rows: readonly PlannedRow[]): PreparedRow[] {
  let items = 0;
  const years = new Set<number>();
  return rows.map(({ prepared, year, items: own }) => {
    if (own === 0) return prepared;
    years.add(year);
    items += own;
    const fits = items === own || items + years.size * GATES_A_YEAR <= MOST_ITEMS;
    return fits ? prepared : { index: prepared.index, later: true };
  });
}

/** A row with the items that it takes beside its gates; 0: it writes nothing. */
interface PlannedRow {
  readonly prepared: PreparedRow;
  readonly year: number;
  readonly items: number;
}

/** Reason of a revision that an import brought; shown with the plan. */
const REASON = 'Impor data (data import)';

/** A row with its owner found. */
interface Owned {
  readonly owner: PlanOwner;
  readonly address: WorkAddress;
  /** Whose indicators are preferred when several have the same code. */
  readonly unitId: string;
}

/**
 * Imports units' agreements that were agreed elsewhere: they are in force at once, and what was in force before gives way to a
 * new revision; not those of units that the importer heads. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export const importAgreements = (
  deps: Deps,
  actor: Actor,
  input: readonly AgreementRow[],
): Promise<ImportOutcome> =>
  importWholePlans(
    deps,
    actor,
    'Mutation.importAgreements',
    input,
    'unitCode',
    ({ unitCode, year }) => `${unitCode.trim()} ${year}`,
    async () => {
      const organisation = await deps.store.organisation.load();
      return ({ unitCode, year }) => {
        const unit = unitByCode(organisation, unitCode.trim());
        if (unit === null) return problem('NOT_FOUND', 'unitCode', { id: unitCode.trim() });
        return {
          owner: { kind: 'UNIT', unitId: unit.id },
          address: agreementAddress(unit.id, year),
          unitId: unit.id,
        };
      };
    },
  );

/** As importAgreements, for the plans of staff, except the importer's own. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY */
export const importPlans = (deps: Deps, actor: Actor, input: readonly PlanRow[]): Promise<ImportOutcome> =>
  importWholePlans(
    deps,
    actor,
    'Mutation.importPlans',
    input,
    'nip',
    ({ nip, year }) => `${nip.trim()} ${year}`,
    async (rows) => {
      const [staff, today] = await Promise.all([
        findByNips(
          deps,
          rows.map(({ row }) => row.nip.trim()),
        ),
        regionToday(deps),
      ]);
      return ({ nip, year }) => {
        const person = staff.get(nip.trim());
        // A NIP is personal data, also in a message.
        if (person === undefined) return problem('NOT_FOUND', 'nip');
        const address = staffAddress(person, year);
        const home = homeInYear(person, year);
        if (address === null || home === null) return problem('NOT_MEMBER', 'year');
        // Whose indicators are meant depends on where the person serves, not on where the year's work lies.
        const unitId = assignmentOn(person, today > `${year}-01-01` ? today : `${year}-01-01`)?.unitId;
        return { owner: { kind: 'STAFF', staffId: person.id }, address, unitId: unitId ?? home.unitId };
      };
    },
  );

type WholePlan = Pick<PlanRow, 'year' | 'lines'>;

function importWholePlans<Row extends WholePlan>(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: readonly Row[],
  keyPath: string,
  keyOf: (row: Row) => string,
  findOwners: (rows: readonly ImportRow<Row>[]) => Promise<(row: Row) => Owned | Problem>,
): Promise<ImportOutcome> {
  return performImport(deps, actor, field, input, {
    named: { path: keyPath, by: keyOf },
    rowsATransaction,
    prepare: async (together) => {
      const [findOwner, catalogue, today] = await Promise.all([
        findOwners(together),
        readCatalogue(deps, together),
        regionToday(deps),
      ]);
      const ownerOf = (row: Row): Owned | Problem => {
        const found = findOwner(row);
        return 'owner' in found && isOwnPlan(catalogue.organisation, actor, found.owner, today)
          ? problem('FORBIDDEN', keyPath)
          : found;
      };
      const owned = together.map(({ index, row }) => ({
        index,
        row,
        owner: checkedOwner(row, ownerOf, today),
      }));
      const existing = await deps.store.plans.getMany(
        owned.flatMap(({ row, owner }) =>
          'code' in owner ? [] : [{ address: owner.address, planId: planIdOf(owner.owner, row.year) }],
        ),
      );
      const years = [...new Set(together.map(({ row }) => row.year))];
      const closedIn = new Map(
        await Promise.all(years.map(async (year) => [year, await closedMonthsOf(deps, year)] as const)),
      );
      const planById = new Map(existing.flatMap((plan) => (plan === null ? [] : [[plan.id, plan] as const])));
      const planned = await Promise.all(
        owned.map(async ({ index, row, owner }): Promise<PlannedRow> => {
          const { year } = row;
          const nothing = (prepared: PreparedRow): PlannedRow => ({ prepared, year, items: 0 });
          if ('code' in owner) return nothing({ index, problems: [owner] });
          const before = planById.get(planIdOf(owner.owner, row.year)) ?? null;
          const { lines, problems } = await linesOfRow(deps, actor, row, owner, catalogue, today, {
            agreed: before?.agreed ?? null,
            closed: closedIn.get(row.year) ?? new Map(),
          });
          if (problems.length > 0) return nothing({ index, problems });
          if (before?.agreed && canonicalJson(before.agreed.lines) === canonicalJson(lines)) {
            return nothing({ index, unchanged: true });
          }
          try {
            const after = adoptPlan(before ?? newPlan(owner.owner, row.year), lines, REASON, deps.now());
            const { written, gone } = linkChanges(after.id, before?.agreed ?? null, after.agreed);
            const prepared = { index, write: deps.store.plans.save(owner.address, before, after) };
            return { prepared, year, items: ITEMS_A_PLAN + written.length + gone.length };
          } catch (error) {
            if (error instanceof Rejection) return nothing({ index, problems: error.problems });
            throw error;
          }
        }),
      );
      return thatFit(planned);
    },
  });
}

function checkedOwner<Row extends WholePlan>(
  row: Row,
  ownerOf: (row: Row) => Owned | Problem,
  today: IsoDate,
): Owned | Problem {
  try {
    checkPlanYear(row.year, today);
  } catch (error) {
    if (error instanceof Rejection && error.problems[0] !== undefined) return error.problems[0];
    throw error;
  }
  return ownerOf(row);
}

/** What lines refer to by code. */
interface Catalogue {
  readonly organisation: Organisation;
  readonly indicatorsByCode: ReadonlyMap<string, readonly Indicator[]>;
  readonly goalIdByCode: ReadonlyMap<string, string>;
}

/** Reads the region's indicators, and its goals where a line names one, in pages of 100. */
async function readCatalogue(deps: Deps, rows: readonly ImportRow<WholePlan>[]): Promise<Catalogue> {
  const namesGoals = rows.some(({ row }) => row.lines.some(({ goalCode }) => goalCode));
  const [organisation, indicators, goals] = await Promise.all([
    deps.store.organisation.load(),
    readAll((page) => deps.store.indicators.list(null, page)),
    namesGoals ? readAll((page) => deps.store.goals.list(page)) : [],
  ]);
  return {
    organisation,
    indicatorsByCode: Map.groupBy(indicators, ({ code }) => code),
    goalIdByCode: new Map(goals.map(({ code, id }) => [code, id])),
  };
}

/** Of several indicators with one code: the unit's own, else that of the nearest unit above, else the region's, else any. */
function indicatorFor(catalogue: Catalogue, unitId: string, code: string): Indicator | null {
  const candidates = catalogue.indicatorsByCode.get(code) ?? [];
  const chain = [unitId, ...ancestorsOf(catalogue.organisation, unitId).map(({ id }) => id), null];
  for (const owner of chain) {
    const found = candidates.find((indicator) => indicator.unitId === owner);
    if (found !== undefined) return found;
  }
  return candidates[0] ?? null;
}

async function linesOfRow(
  deps: Deps,
  actor: Actor,
  row: WholePlan,
  { owner, unitId }: Owned,
  catalogue: Catalogue,
  today: IsoDate,
  before: Parameters<typeof buildPlanLines>[4],
) {
  const check = checkInput();
  const day = today > `${row.year}-01-01` ? today : `${row.year}-01-01`;
  const definitions = new Map<string, IndicatorDefinition>();
  const inputs = await Promise.all(
    row.lines.map(async (line, at) => {
      const indicator = indicatorFor(catalogue, unitId, line.indicatorCode.trim());
      if (indicator === null) {
        check.add('NOT_FOUND', `lines.${at}.indicatorCode`, { id: line.indicatorCode.trim() });
      } else {
        if (indicator.retired) check.add('RETIRED', `lines.${at}.indicatorCode`, { id: indicator.code });
        definitions.set(indicator.id, await definitionOn(deps, indicator, day));
      }
      const goalCode = line.goalCode?.trim() || null;
      const goalId = goalCode === null ? null : (catalogue.goalIdByCode.get(goalCode) ?? null);
      if (goalCode !== null && goalId === null) {
        check.add('NOT_FOUND', `lines.${at}.goalCode`, { id: goalCode });
      }
      const name = (indicator && definitions.get(indicator.id)?.name) ?? line.indicatorCode;
      return {
        id: check.code(`lines.${at}.id`, line.id),
        kind: line.kind,
        title: line.title?.trim() || name,
        aspect: line.aspect ?? ('QUANTITY' as const),
        perspective: line.perspective,
        goalId,
        serves: line.serves,
        indicatorId: indicator?.id ?? '',
        weight: line.weight,
        target: line.target,
        monthlyTargets: line.monthlyTargets,
      };
    }),
  );
  const main = row.lines.filter(({ kind }) => (kind ?? 'MAIN') === 'MAIN');
  const built = buildPlanLines(
    inputs,
    row.year,
    (indicatorId) => definitions.get(indicatorId) ?? null,
    main.length > 0 && main.every(({ weight }) => weight == null),
    before,
  );
  const references = row.lines.some(({ serves }) => serves)
    ? await checkReferences(deps, actor, owner, inputs, before.agreed?.lines ?? [])
    : [];
  check.addAll(built.problems);
  check.addAll(references.filter(({ path }) => path[2] === 'serves'));
  return { lines: built.lines, problems: check.problems };
}
