import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { headOn, type Organisation, type Unit, wouldCycle } from '../../domain/organisation/organisation.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { IsoDate } from '../../domain/time.ts';
import { checkInput, type InputCheck, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { importedId } from '../new-id.ts';
import { regionToday } from '../region-clock.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { checkAssessors } from './assessors-kept.ts';
import { MOST_SHARDS } from './create-unit.ts';
import { nameHead } from './name-head.ts';
import { storedUnit, unitByCode } from './organisation-change.ts';

export interface UnitRow {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly parentCode?: string | null | undefined;
  readonly mission?: string | null | undefined;
  readonly headNip?: string | null | undefined;
  readonly headFrom?: IsoDate | null | undefined;
  readonly shardCount?: number | null | undefined;
}

/** A unit takes four items: itself, its audit entry, its code, its head; and all together the organisation's version. */
const ROWS_A_TRANSACTION = 24;

/**
 * Adds or completes units, parents first whatever the order of the rows. A row that changes who assesses whom is refused as by hand
 * (`checkAssessors`). @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export function importUnits(deps: Deps, actor: Actor, input: readonly UnitRow[]): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importUnits', input, {
    named: { path: 'code', by: ({ code }) => code },
    order: parentsFirst,
    rowsATransaction: ROWS_A_TRANSACTION,
    prepare: async (together) => {
      const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
      const heads = await findByNips(
        deps,
        together.flatMap(({ row }) => row.headNip?.trim() || []),
      );
      const growing = { version: organisation.version, units: new Map(organisation.units) };
      const prepared: PreparedRow[] = [];
      for (const { index, row } of together) {
        const check = checkInput();
        const known = unitByCode(growing, row.code.trim());
        const unit = unitOf(growing, known, row, check, { heads, today, by: actor });
        const hasOtherHeads = canonicalJson(known?.heads ?? []) !== canonicalJson(unit.heads);
        await checkAssessors(
          deps,
          {
            organisation: growing,
            unit,
            from: hasOtherHeads ? (row.headFrom ?? null) : null,
            today,
            by: actor,
          },
          check,
          hasOtherHeads ? HEAD_PATHS.head : 'parentCode',
        );
        if (check.problems.length > 0) {
          prepared.push({ index, problems: check.problems });
          continue;
        }
        growing.units.set(unit.id, unit);
        if (known !== null && canonicalJson(known) === canonicalJson(unit)) {
          prepared.push({ index, unchanged: true });
          continue;
        }
        const before = storedUnit(organisation, unit.id);
        const head = heads.get(row.headNip?.trim() ?? '');
        const write = deps.store.organisation.save(organisation.version, before, unit, {
          heads: head === undefined ? [] : [head],
        });
        prepared.push({ index, write });
      }
      return prepared;
    },
  });
}

/** Those whom the rows name as heads, by NIP. */
interface Heading {
  readonly heads: ReadonlyMap<string, Staff>;
  readonly today: IsoDate;
  readonly by: Actor;
}

const HEAD_PATHS = { head: 'headNip', from: 'headFrom' };

function unitOf(
  organisation: Organisation,
  known: Unit | null,
  row: UnitRow,
  check: InputCheck,
  heading: Heading,
): Unit {
  const code = check.code('code', row.code);
  const id = known?.id ?? importedId('u', code);
  if (known !== null && known.retiredFrom !== null) check.add('RETIRED', 'code', { id: code });
  const shardCount = row.shardCount ?? known?.shardCount ?? 1;
  check.integer('shardCount', shardCount, 1, MOST_SHARDS);
  if (known !== null && known.shardCount !== shardCount)
    check.add('OUT_OF_RANGE', 'shardCount', { minimum: known.shardCount, maximum: known.shardCount });
  return {
    id,
    code,
    name: check.line('name', row.name, LENGTHS.name),
    kind: check.line('kind', row.kind, LENGTHS.kind),
    mission:
      row.mission === undefined
        ? (known?.mission ?? null)
        : check.optionalText('mission', row.mission, LENGTHS.long),
    parentId:
      row.parentCode === undefined
        ? (known?.parentId ?? null)
        : parentOf(organisation, id, row.parentCode?.trim() || null, check),
    heads: headsOf(known, row, check, heading),
    shardCount,
    retiredFrom: null,
    version: known?.version ?? 0,
  };
}

function parentOf(
  organisation: Organisation,
  id: string,
  parentCode: string | null,
  check: InputCheck,
): string | null {
  if (parentCode === null) return null;
  const parent = unitByCode(organisation, parentCode);
  if (parent === null) check.add('NOT_FOUND', 'parentCode', { id: parentCode });
  else if (parent.retiredFrom !== null) check.add('RETIRED', 'parentCode', { id: parentCode });
  else if (wouldCycle(organisation, id, parent.id)) check.add('UNIT_CYCLE', 'parentCode');
  return parent?.id ?? null;
}

function headsOf(
  known: Unit | null,
  row: UnitRow,
  check: InputCheck,
  { heads, today, by }: Heading,
): Unit['heads'] {
  const before = known?.heads ?? [];
  const nip = row.headNip?.trim() || null;
  if (nip === null) return before;
  const from = row.headFrom ?? null;
  const head = heads.get(nip);
  if (head === undefined) check.add('NOT_FOUND', 'headNip');
  if (from === null) check.add('REQUIRED', 'headFrom');
  if (head === undefined || from === null) return before;
  // What the file says of that day is so already, whoever came later.
  const same = before.some((headship) => headship.from === from && headship.staffId === head.id);
  return same || headOn({ heads: before }, from) === head.id
    ? before
    : nameHead({ heads: before, retiredFrom: null }, { head, from, today, by }, check, HEAD_PATHS);
}

/** Rows in an order in which no row comes before the row of its parent. */
function parentsFirst(rows: readonly ImportRow<UnitRow>[]): readonly ImportRow<UnitRow>[] {
  const byCode = new Map(rows.map((each) => [each.row.code.trim(), each]));
  const depthOf = ({ row }: ImportRow<UnitRow>): number => {
    let depth = 0;
    let parent = byCode.get(row.parentCode?.trim() ?? '');
    // A cycle among the rows ends here, and is refused when its first row finds no parent.
    while (parent !== undefined && depth <= rows.length) {
      depth += 1;
      parent = byCode.get(parent.row.parentCode?.trim() ?? '');
    }
    return depth;
  };
  return rows
    .map((each) => ({ each, depth: depthOf(each) }))
    .sort((a, b) => a.depth - b.depth || a.each.index - b.each.index)
    .map(({ each }) => each);
}
