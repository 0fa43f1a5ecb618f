import type { Actor, Operation } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Goal } from '../../domain/indicator/goal.ts';
import type {
  Aspect,
  Indicator,
  IndicatorDefinition,
  Perspective,
} from '../../domain/indicator/indicator.ts';
import { chainOf, type Organisation } from '../../domain/organisation/organisation.ts';
import { assignmentOn, homeInYear, monthsServed } from '../../domain/organisation/staff.ts';
import { linkChanges } from '../../domain/plan/cascade.ts';
import type { PlanLine, Serves } from '../../domain/plan/line.ts';
import { adoptPlan, newPlan, type PlanContent, type PlanSide, planIdOf } from '../../domain/plan/plan.ts';
import { type Problem, problem, Rejection } from '../../domain/problem.ts';
import { tidy } from '../../domain/text.ts';
import type { IsoDate, Month } from '../../domain/time.ts';
import type { Write } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { officerToday } from '../interest.ts';
import { readAll } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { agreementAddress, staffAddress } from '../work-address.ts';
import { closedMonthsOf } from './closed-months.ts';
import { buildPlanLines, checkReferences, definitionOn, type TargetInput } from './plan-lines.ts';
import { planNotice } from './plan-notice.ts';
import { checkPlanYear, isOwnPlan, type PlanPlace } from './plan-place.ts';

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
/** What tells one side of it: a notice and its mail. */
const ITEMS_A_NOTICE = 2;
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
  readonly place: PlanPlace;
  /** Whose indicators and goals its codes mean: those of this unit, else of those above. */
  readonly unitId: string;
  /** Months over which a target of the year is spread; of a unit the whole year. */
  readonly spreadOver?: readonly string[];
}

/**
 * Imports units' agreements that were agreed elsewhere: they are in force at once, and what was in force before gives way to a
 * new revision, of which both sides are told. A row that says what is in force changes nothing, nor does one that says what was in
 * force before the two sides amended it. Not those that are the importer's own matter (`isOwnPlan`). @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
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
        const owner = { kind: 'UNIT', unitId: unit.id } as const;
        return {
          place: {
            planId: planIdOf(owner, year),
            owner,
            year,
            address: agreementAddress(unit.id, year),
            unit,
          },
          unitId: unit.id,
        };
      };
    },
  );

/** As importAgreements, for the plans of staff. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY */
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
        const owner = { kind: 'STAFF', staffId: person.id } as const;
        const place = { planId: planIdOf(owner, year), owner, year, address, staff: person };
        return { place, unitId: unitId ?? home.unitId, spreadOver: monthsServed(person, year) };
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
      const [findOwner, catalogue, office] = await Promise.all([
        findOwners(together),
        readCatalogue(deps, together),
        officerToday(deps, actor),
      ]);
      const { today } = office;
      const ownerOf = (row: Row): Owned | Problem => {
        const found = findOwner(row);
        return 'place' in found && isOwnPlan(office, found.place.owner)
          ? problem('FORBIDDEN', keyPath)
          : found;
      };
      const owned = together.map(({ index, row }) => ({
        index,
        row,
        owner: checkedOwner(row, ownerOf, today),
      }));
      const existing = await deps.store.plans.getMany(
        owned.flatMap(({ owner }) => ('code' in owner ? [] : [owner.place])),
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
          const { place } = owner;
          const before = planById.get(place.planId) ?? null;
          const agreed = before?.agreed ?? null;
          const past = await pastOf(deps, row, owner, catalogue, agreed);
          if (past.isSaid) return nothing({ index, unchanged: true });
          const closed = closedIn.get(year) ?? new Map<string, string>();
          const { lines, problems } = await linesOfRow(deps, actor, row, owner, catalogue, today, {
            agreed,
            closed,
            ended: past.ended,
          });
          if (problems.length > 0) return nothing({ index, problems });
          if (agreed !== null && canonicalJson(agreed.lines) === canonicalJson(lines))
            return nothing({ index, unchanged: true });
          try {
            const after = adoptPlan(before ?? newPlan(place.owner, year), lines, REASON, deps.now());
            const { written, gone } = linkChanges(after.id, agreed, after.agreed);
            const told = before?.agreed == null ? [] : await tellBothSides(deps, place, before.version + 1);
            const prepared = { index, write: deps.store.plans.save(place.address, before, after), told };
            const items = ITEMS_A_PLAN + written.length + gone.length + told.length * ITEMS_A_NOTICE;
            return { prepared, year, items };
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

/** Both sides agreed to what a file takes the place of, and neither brought the file. */
const tellBothSides = async (deps: Deps, place: PlanPlace, version: number): Promise<readonly Write[]> => {
  const tell = (by: PlanSide) => planNotice(deps, 'PLAN_REPLACED', place, by, version);
  return (await Promise.all([tell('OWNER'), tell('SUPERIOR')])).flat();
};

/** What a row is to the past of a plan. */
interface Past {
  /** What it says is in force, or was until the two sides amended it: there is nothing to do. */
  readonly isSaid: boolean;
  /** Ids of lines that were in force once, and are no more: what was reported on them never counts for another line. */
  readonly ended: ReadonlySet<string>;
}

async function pastOf(
  deps: Deps,
  row: WholePlan,
  owner: Owned,
  catalogue: Catalogue,
  agreed: PlanContent | null,
): Promise<Past> {
  const isSaidBy = (content: PlanContent): boolean => saysAgain(row, owner, catalogue, content);
  if (agreed === null || isSaidBy(agreed)) return { isSaid: agreed !== null, ended: new Set() };
  const revisions = agreed.revision === 1 ? [] : await deps.store.plans.revisions(owner.place.planId);
  const amended = revisions.findLast(({ revision, reason }) => revision > 1 && reason !== REASON)?.revision;
  const present = new Set(agreed.lines.map(({ id }) => id));
  return {
    isSaid: revisions.some((content) => content.revision < (amended ?? 0) && isSaidBy(content)),
    ended: new Set(
      revisions.flatMap(({ lines }) => lines.map(({ id }) => id)).filter((id) => !present.has(id)),
    ),
  };
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
  readonly indicators: Coded<Indicator>;
  readonly goals: Coded<Goal>;
}
interface Coded<Entity> {
  readonly byId: ReadonlyMap<string, Entity>;
  readonly byCode: ReadonlyMap<string, readonly Entity[]>;
}

/** Reads the region's indicators, and its goals where a line names one, in pages of 100. */
async function readCatalogue(deps: Deps, rows: readonly ImportRow<WholePlan>[]): Promise<Catalogue> {
  const namesGoals = rows.some(({ row }) => row.lines.some(({ goalCode }) => goalCode));
  const [organisation, indicators, goals] = await Promise.all([
    deps.store.organisation.load(),
    readAll((page) => deps.store.indicators.list(null, page)),
    namesGoals ? readAll((page) => deps.store.goals.list(page)) : [],
  ]);
  return { organisation, indicators: coded(indicators), goals: coded(goals) };
}

const coded = <Entity extends Indicator | Goal>(entities: readonly Entity[]): Coded<Entity> => ({
  byId: new Map(entities.map((entity) => [entity.id, entity])),
  byCode: Map.groupBy(entities, ({ code }) => code),
});

/** Of several with one code the one that a unit means: its own, else that of the nearest unit above, else the region's (`findGoalByCode`). */
function nearest<Entity extends Indicator | Goal>(
  { organisation }: Catalogue,
  unitId: string,
  candidates: readonly Entity[],
): Entity | null {
  const owners = [...chainOf(organisation, unitId).map(({ id }) => id), null];
  return owners.flatMap((owner) => candidates.find((each) => each.unitId === owner) ?? [])[0] ?? null;
}

/** The same of indicators; one of a unit elsewhere only where the whole region has no other of that code. */
function indicatorFor(catalogue: Catalogue, unitId: string, code: string): Indicator | null {
  const candidates = catalogue.indicators.byCode.get(code) ?? [];
  return nearest(catalogue, unitId, candidates) ?? (candidates.length === 1 ? (candidates[0] ?? null) : null);
}

/** A line with what its codes mean. */
interface NamedLine {
  readonly line: ImportLineRow;
  /** The line of the same id in the content that it is read against. */
  readonly was: PlanLine | null;
  readonly indicator: Indicator | null;
  readonly goal: Goal | null;
}

/** Reads codes as the owner's unit means them; a line that goes on keeps what its codes meant, whoever has the same code by now. */
const namedLines = (
  row: WholePlan,
  { unitId }: Owned,
  catalogue: Catalogue,
  content: PlanContent | null,
): NamedLine[] =>
  row.lines.map((line) => {
    const was = content?.lines.find(({ id }) => id === tidy(line.id)) ?? null;
    const code = line.indicatorCode.trim();
    const goalCode = line.goalCode?.trim() || null;
    const indicator = was && catalogue.indicators.byId.get(was.indicatorId);
    const goal = was?.goalId == null ? null : catalogue.goals.byId.get(was.goalId);
    return {
      line,
      was,
      indicator: indicator?.code === code ? indicator : indicatorFor(catalogue, unitId, code),
      goal:
        goalCode === null
          ? null
          : goal?.code === goalCode
            ? goal
            : nearest(catalogue, unitId, catalogue.goals.byCode.get(goalCode) ?? []),
    };
  });

/** @param name of the line that has no title of its own */
const inputOf = ({ line, indicator, goal }: NamedLine, { spreadOver }: Owned, name: string) => ({
  id: tidy(line.id),
  kind: line.kind,
  title: line.title?.trim() || name,
  aspect: line.aspect ?? ('QUANTITY' as const),
  perspective: line.perspective,
  goalId: goal?.id ?? null,
  serves: line.serves,
  indicatorId: indicator?.id ?? '',
  weight: line.weight,
  target: line.target,
  spreadOver,
  monthlyTargets: line.monthlyTargets,
});

const dividesEqually = ({ lines }: WholePlan): boolean => {
  const main = lines.filter(({ kind }) => (kind ?? 'MAIN') === 'MAIN');
  return main.length > 0 && main.every(({ weight }) => weight == null);
};

/** Whether a row says what a content says, by the definitions that the content has, whatever definitions have come since. */
function saysAgain(row: WholePlan, owner: Owned, catalogue: Catalogue, content: PlanContent): boolean {
  const inputs = namedLines(row, owner, catalogue, content).map((named) =>
    inputOf(named, owner, named.was?.indicatorName ?? named.line.indicatorCode),
  );
  const frozen = { agreed: content, closed: EVERY_MONTH };
  const { lines } = buildPlanLines(inputs, row.year, () => null, dividesEqually(row), frozen);
  return canonicalJson(lines) === canonicalJson(content.lines);
}

/** As if all were closed, every line keeps the definition that it has. */
const EVERY_MONTH: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 12 }, (_, at) => [String(at + 1).padStart(2, '0'), '']),
);

async function linesOfRow(
  deps: Deps,
  actor: Actor,
  row: WholePlan,
  owner: Owned,
  catalogue: Catalogue,
  today: IsoDate,
  before: Parameters<typeof buildPlanLines>[4] & Pick<Past, 'ended'>,
) {
  const { place } = owner;
  const check = checkInput();
  const day = today > `${row.year}-01-01` ? today : `${row.year}-01-01`;
  const present = before.agreed?.lines ?? [];
  const definitions = new Map<string, IndicatorDefinition>();
  const named = namedLines(row, owner, catalogue, before.agreed);
  const measured = await measuredLines(
    deps,
    place,
    named.flatMap(({ was, indicator }) => (was && was.indicatorId !== indicator?.id ? [was.id] : [])),
  );
  const inputs = await Promise.all(
    named.map(async (each, at) => {
      const { line, was, indicator, goal } = each;
      const id = check.code(`lines.${at}.id`, line.id);
      if (before.ended.has(id)) check.add('RETIRED', `lines.${at}.id`, { id });
      if (indicator === null) {
        check.add('NOT_FOUND', `lines.${at}.indicatorCode`, { id: line.indicatorCode.trim() });
      } else {
        if (indicator.retired && !present.some(({ indicatorId }) => indicatorId === indicator.id))
          check.add('RETIRED', `lines.${at}.indicatorCode`, { id: indicator.code });
        if (was !== null && was.indicatorId !== indicator.id && measured.has(id))
          check.add('IN_USE', `lines.${at}.indicatorCode`, { id });
        definitions.set(indicator.id, await definitionOn(deps, indicator, day));
      }
      const goalCode = line.goalCode?.trim() || null;
      if (goalCode !== null && goal === null)
        check.add('NOT_FOUND', `lines.${at}.goalCode`, { id: goalCode });
      return inputOf(each, owner, (indicator && definitions.get(indicator.id)?.name) ?? line.indicatorCode);
    }),
  );
  const definitionOf = (indicatorId: string) => definitions.get(indicatorId) ?? null;
  const built = buildPlanLines(inputs, row.year, definitionOf, dividesEqually(row), before);
  const references = await checkReferences(deps, actor, place.owner, inputs, present);
  for (const { code, path, params } of [...built.problems, ...references])
    check.add(code, path.map((part) => COLUMN_OF[part] ?? part).join('.'), params);
  return { lines: built.lines, problems: check.problems };
}

/** What a file names by code where the dialogue has an id. */
const COLUMN_OF: Readonly<Record<string, string>> = { indicatorId: 'indicatorCode', goalId: 'goalCode' };

/** Lines of a plan for which there are figures. */
async function measuredLines(
  { store }: Deps,
  { planId, year, address }: PlanPlace,
  lineIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const keys = lineIds.flatMap((lineId) =>
    [...EVERY_MONTH.keys()].map((month) => ({ address, planId, lineId, month: `${year}-${month}` })),
  );
  const found = await store.realisations.getMany(keys);
  return new Set(found.flatMap((realisation) => realisation?.lineId ?? []));
}
