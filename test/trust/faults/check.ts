/** `npm run trust -- --only faults`: every workflow cut at every call, with every kind of fault, and in random pairs. */
import { synthesiseTable } from '../../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../../infra/local/dynamodb-local.ts';
import { choicesOf } from '../../workflow/interleave.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';
import { startCloud } from './cloud.ts';
import { tryFaults } from './try-faults.ts';
import { tryKills } from './try-kills.ts';
import { WORKFLOWS } from './workflows/all.ts';

const PAIRS = 40;
/** Processes of each workflow that are killed in earnest. */
const KILLS = 5;

/** @returns a row for each workflow and kind of fault */
export async function check({ seed }: TrustOptions): Promise<readonly Finding[]> {
  const database = await startDynamoDbLocal();
  try {
    const definition = synthesiseTable('named-by-each-workflow');
    const rows: Finding[] = [];
    for (const [at, { workflow, options }] of WORKFLOWS.entries()) {
      const cloud = await startCloud(database, definition, `faults-${at}`);
      const pairs = { count: PAIRS, choose: choicesOf(seed + at) };
      const { calls, trials } = await tryFaults(cloud, workflow, { ...options, pairs });
      const killed = await tryKills(cloud, workflow, { count: KILLS, choose: choicesOf(seed + at) });
      await cloud.close();
      for (const { fault, tried, of, differences } of [...trials, killed]) {
        rows.push(
          finding(
            `${workflow.name}: ${fault}`,
            { count: tried, of },
            'differences',
            differences,
            `of ${calls} calls`,
          ),
        );
      }
    }
    return rows;
  } finally {
    await database.close();
  }
}
