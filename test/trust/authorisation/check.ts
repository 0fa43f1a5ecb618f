import { readTable, type TableState } from '../../workflow/table-state.ts';
import { type Finding, finding } from '../finding.ts';
import { localTable } from '../local-table.ts';
import { enumerateMutations, mutationsWithoutRow } from './check-mutations.ts';
import {
  type Probe,
  tryOthersCursors,
  tryOthersIds,
  tryOthersJobs,
  tryOthersKeys,
  tryUploads,
} from './check-objects.ts';
import { enumerateReads, queriesWithoutRow, typesWithoutRow } from './check-reads.ts';
import { buildWorld } from './world.ts';

const missing = (names: readonly string[]): readonly string[] =>
  names.map((name) => `${name}: no row in the table`);

/** Authorisation by enumeration: everything that can be asked, as everybody, against the tables of what is expected. */
export async function check(): Promise<readonly Finding[]> {
  const table = await localTable();
  const world = await buildWorld(table);
  try {
    const before = await readTable(table);
    // Files first: a piece of evidence that somebody removes comes back to the table and not to the store of files.
    const files = [await tryOthersJobs(world), await tryUploads(world)] as const;
    const mutations = await enumerateMutations(world);
    const reads = await enumerateReads(world);
    const row = (subject: string, of: string, { tried, wrong }: Probe): Finding =>
      finding(subject, { count: tried, of }, 'leaks', wrong);
    const probes = [
      row('ids of others in inputs', 'inputs', await tryOthersIds(world)),
      row('cursors of others, cut and forged', 'pages', await tryOthersCursors(world)),
      row('idempotency keys of others', 'mutations', await tryOthersKeys(world)),
      row('jobs and files of others', 'requests', files[0]),
      row('presigned uploads and links to evidence', 'requests', files[1]),
    ];
    return [
      finding(
        'mutations × roles and relations',
        { count: mutations.tried, of: 'combinations' },
        'unlike the table',
        [...missing(mutationsWithoutRow()), ...mutations.wrong],
        `${mutations.controls} rows, in each of which somebody succeeded`,
      ),
      finding(
        'queries × roles and relations',
        { count: reads.queries.tried, of: 'combinations' },
        'unlike the table',
        [...missing(queriesWithoutRow()), ...reads.queries.wrong],
        `${reads.queries.controls} rows, in each of which somebody saw something; nothing to see: ${reads.withoutControl.join(', ')}`,
      ),
      finding(
        'fields × roles and relations',
        { count: reads.fields.tried, of: 'values read' },
        'unlike the table',
        [...missing(typesWithoutRow()), ...reads.fields.wrong],
        `${reads.fields.controls} fields`,
      ),
      ...probes,
      finding(
        'the table after all of it',
        { count: before.size, of: 'items' },
        'changed',
        differences(before, await readTable(table)),
      ),
    ];
  } finally {
    await world.api.drop();
  }
}

/** Keys of the items that two states do not have in common. */
const differences = (one: TableState, other: TableState): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key)?.text !== other.get(key)?.text);
