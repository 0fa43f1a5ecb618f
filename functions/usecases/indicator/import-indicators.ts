import type { Actor } from '../../domain/access-policy.ts';
import { addDays } from '../../domain/calendar.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Indicator, IndicatorDefinition, Measure } from '../../domain/indicator/indicator.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput, type InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { findGoalByCode } from '../goal/goal-change.ts';
import { type ImportOutcome, type PreparedRow, performImport } from '../import-rows.ts';
import { importedId } from '../new-id.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { readDefinition, withoutTrail } from './indicator-change.ts';

export interface IndicatorRow {
  readonly code: string;
  readonly unitCode?: string | null | undefined;
  readonly goalCode?: string | null | undefined;
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly formula?: string | null | undefined;
  readonly source: string;
  readonly unitOfMeasure: string;
  readonly polarity: Measure['polarity'];
  readonly aboveRange?: Measure['aboveRange'] | null | undefined;
  readonly buildUp: Measure['buildUp'];
  readonly realisedBy?: Measure['realisedBy'] | null | undefined;
  readonly effectiveFrom: IsoDate;
}

/** An indicator takes four items: itself, its definition, its audit entry, its code. */
const ROWS_A_TRANSACTION = 24;

const keyOf = ({ unitCode, code }: IndicatorRow): string => `${unitCode?.trim() ?? ''}\n${code.trim()}`;

/**
 * Adds indicators by unit and code. A row that begins later than the known definition becomes a new one; one of the same day
 * must say the same, because a definition never changes.
 * @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importIndicators(
  deps: Deps,
  actor: Actor,
  input: readonly IndicatorRow[],
): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importIndicators', input, {
    named: { path: 'code', by: keyOf },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: async (together) => {
      const organisation = await deps.store.organisation.load();
      const before = await Promise.all(together.map(({ row }) => indicatorOf(deps, organisation, row)));
      const prepared: PreparedRow[] = [];
      for (const [at, { index, row }] of together.entries()) {
        const check = checkInput();
        const known = before[at] ?? null;
        const indicator = await readRow(deps, organisation, known, row, check);
        if (check.problems.length > 0) prepared.push({ index, problems: check.problems });
        else if (known !== null && canonicalJson(withoutTrail(known)) === canonicalJson(indicator))
          prepared.push({ index, unchanged: true });
        else prepared.push({ index, write: deps.store.indicators.save(known, indicator) });
      }
      return prepared;
    },
  });
}

async function indicatorOf(
  { store }: Deps,
  organisation: Organisation,
  row: IndicatorRow,
): Promise<Stored<Indicator> | null> {
  const unitCode = row.unitCode?.trim() || null;
  const unit = unitCode === null ? null : unitByCode(organisation, unitCode);
  if (unitCode !== null && unit === null) return null;
  return (
    (await store.indicators.get(importedId('i', keyOf(row)))) ??
    (await store.indicators.byCode(unit?.id ?? null, row.code.trim()))
  );
}

async function readRow(
  deps: Deps,
  organisation: Organisation,
  known: Stored<Indicator> | null,
  row: IndicatorRow,
  check: InputCheck,
): Promise<Indicator> {
  if (known?.retired) check.add('RETIRED', 'code', { id: known.code });
  const unitCode = row.unitCode?.trim() || null;
  const unit = unitCode === null ? null : unitByCode(organisation, unitCode);
  if (unitCode !== null && unit === null) check.add('NOT_FOUND', 'unitCode', { id: unitCode });
  else if (unit !== null && unit.retiredFrom !== null) check.add('RETIRED', 'unitCode', { id: unit.code });
  const goalCode = row.goalCode?.trim() || null;
  const goal =
    goalCode === null ? null : await findGoalByCode(deps, organisation, unit?.id ?? null, goalCode);
  if (goalCode !== null && goal === null) check.add('NOT_FOUND', 'goalCode', { id: goalCode });
  else if (goal?.retired && goal.id !== known?.goalId) check.add('RETIRED', 'goalCode', { id: goal.code });

  const id = known?.id ?? importedId('i', keyOf(row));
  const input = {
    name: row.name,
    description: row.description?.trim() || row.name,
    formula: row.formula?.trim() || row.name,
    source: row.source,
    measure: {
      unitOfMeasure: row.unitOfMeasure,
      polarity: row.polarity,
      aboveRange: row.aboveRange ?? undefined,
      buildUp: row.buildUp,
      realisedBy: row.realisedBy ?? undefined,
    },
    effectiveFrom: row.effectiveFrom,
  };
  const code = check.code('code', row.code);
  const definition = readDefinition(id, 1, input, check, '');
  return {
    id,
    code,
    unitId: unit?.id ?? null,
    goalId: row.goalCode === undefined ? (known?.goalId ?? null) : (goal?.id ?? null),
    current: known === null ? definition : await definitionAfter(deps, known, definition, check),
    retired: false,
    version: known?.version ?? 0,
  };
}

/**
 * The definition in force after a row of a known indicator: a later one is new; one of a day that has a definition already must
 * be that definition, and changes nothing.
 */
async function definitionAfter(
  { store }: Deps,
  { id, current }: Indicator,
  said: IndicatorDefinition,
  check: InputCheck,
): Promise<IndicatorDefinition> {
  if (said.effectiveFrom > current.effectiveFrom) return { ...said, definition: current.definition + 1 };
  const earlier =
    said.effectiveFrom === current.effectiveFrom ? [current] : await store.indicators.definitions(id);
  const same = earlier.some(
    (each) => canonicalJson(each) === canonicalJson({ ...said, definition: each.definition }),
  );
  if (!same) check.add('OUT_OF_RANGE', 'effectiveFrom', { minimum: addDays(current.effectiveFrom, 1) });
  return current;
}
