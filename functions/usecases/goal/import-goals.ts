import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Goal, GoalLevel } from '../../domain/indicator/goal.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput, type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type PreparedRow, performImport } from '../import-rows.ts';
import { importedId } from '../new-id.ts';
import { unitByCode } from '../unit/organisation-change.ts';
import { checkChildren, checkParent, checkYears, findGoalByCode, withoutTrail } from './goal-change.ts';

export interface GoalRow {
  readonly code: string;
  readonly title: string;
  readonly level?: GoalLevel | null | undefined;
  readonly unitCode?: string | null | undefined;
  readonly parentCode?: string | null | undefined;
  readonly fromYear: number;
  readonly toYear: number;
}

/** A goal takes three items: itself, its audit entry, its code. */
const ROWS_A_TRANSACTION = 30;

const keyOf = ({ unitCode, code }: GoalRow): string => `${unitCode?.trim() ?? ''}\n${code.trim()}`;

/** Adds or completes goals by unit and code. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY */
export function importGoals(deps: Deps, actor: Actor, input: readonly GoalRow[]): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importGoals', input, {
    named: { path: 'code', by: keyOf },
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: async (together) => {
      const organisation = await deps.store.organisation.load();
      const before = await Promise.all(together.map(({ row }) => goalOf(deps, organisation, row)));
      const made: Goal[] = [];
      const prepared: PreparedRow[] = [];
      for (const [at, { index, row }] of together.entries()) {
        const check = checkInput();
        const known = before[at] ?? null;
        const goal = await readRow(deps, organisation, known, row, made, check);
        if (check.problems.length > 0) {
          prepared.push({ index, problems: check.problems });
          continue;
        }
        made.push(goal);
        if (known !== null && canonicalJson(withoutTrail(known)) === canonicalJson(goal))
          prepared.push({ index, unchanged: true });
        else prepared.push({ index, write: deps.store.goals.save(known, goal) });
      }
      return prepared;
    },
  });
}

async function goalOf(
  { store }: Deps,
  organisation: Organisation,
  row: GoalRow,
): Promise<Stored<Goal> | null> {
  const unitCode = row.unitCode?.trim() || null;
  const unit = unitCode === null ? null : unitByCode(organisation, unitCode);
  if (unitCode !== null && unit === null) return null;
  return (
    (await store.goals.get(importedId('g', keyOf(row)))) ??
    (await store.goals.byCode(unit?.id ?? null, row.code.trim()))
  );
}

async function readRow(
  deps: Deps,
  organisation: Organisation,
  known: Stored<Goal> | null,
  row: GoalRow,
  made: readonly Goal[],
  check: InputCheck,
): Promise<Goal> {
  if (known?.retired) check.add('RETIRED', 'code', { id: known.code });
  const unitCode = row.unitCode?.trim() || null;
  const unit = unitCode === null ? null : unitByCode(organisation, unitCode);
  if (unitCode !== null && unit === null) check.add('NOT_FOUND', 'unitCode', { id: unitCode });
  else if (unit !== null && unit.retiredFrom !== null) check.add('RETIRED', 'unitCode', { id: unit.code });
  const parentCode = row.parentCode?.trim() || null;
  const parent =
    parentCode === null
      ? null
      : await findParent(
          deps,
          organisation,
          { unitId: unit?.id ?? null, code: row.code.trim() },
          parentCode,
          made,
        );
  const id = known?.id ?? importedId('g', keyOf(row));
  if (parentCode !== null && (parent === null || parent.id === id))
    check.add('NOT_FOUND', 'parentCode', { id: parentCode });
  const goal: Goal = {
    id,
    code: check.code('code', row.code),
    title: check.text('title', row.title, LENGTHS.long),
    level: row.level ?? known?.level ?? 'OBJECTIVE',
    unitId: unit?.id ?? null,
    parentId:
      row.parentCode === undefined
        ? (known?.parentId ?? null)
        : parent === null || parent.id === id
          ? null
          : parent.id,
    fromYear: row.fromYear,
    toYear: row.toYear,
    retired: false,
    version: known?.version ?? 0,
  };
  checkYears(goal, check);
  const tree = checkInput();
  if (goal.parentId !== known?.parentId || goal.level !== known.level)
    await checkParent(deps, goal, tree, made);
  if (known !== null && goal.level !== known.level) await checkChildren(deps, goal, tree, made);
  for (const { code, path, params } of tree.problems)
    check.add(code, path[0] === 'parentId' ? 'parentCode' : path.join('.'), params);
  return goal;
}

/** A goal that serves one of the same code means the one further up. */
async function findParent(
  deps: Deps,
  organisation: Organisation,
  of: { readonly unitId: string | null; readonly code: string },
  parentCode: string,
  made: readonly Goal[],
): Promise<Goal | null> {
  const above = of.unitId === null ? null : (organisation.units.get(of.unitId)?.parentId ?? null);
  const from = parentCode === of.code ? above : of.unitId;
  return findGoalByCode(deps, organisation, from, parentCode, made);
}
