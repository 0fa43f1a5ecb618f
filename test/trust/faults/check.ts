/** `npm run trust -- --only faults`: every workflow cut at every call, with every kind of fault, and in random pairs. */
import { synthesiseTable } from '../../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../../infra/local/dynamodb-local.ts';
import { choicesOf } from '../../workflow/interleave.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';
import { startCloud, type Workflow } from './cloud.ts';
import { type TrialOptions, tryFaults } from './try-faults.ts';
import { close, closeAgain, closeOfAgency } from './workflows/close.ts';
import { exporting, notification } from './workflows/files-and-mails.ts';
import { importing } from './workflows/import.ts';
import { correction, finalise } from './workflows/objections.ts';

const PAIRS = 40;

const TRIED: readonly { readonly workflow: Workflow; readonly options?: TrialOptions }[] = [
  { workflow: close },
  { workflow: closeAgain },
  // The same code as the close, so each call is cut once, by what leaves most behind.
  { workflow: closeOfAgency, options: { kinds: ['killed before', 'killed after', 'overtaken'] } },
  { workflow: correction },
  { workflow: finalise },
  { workflow: importing },
  { workflow: exporting },
  { workflow: notification },
];

/** @returns a row for each workflow and kind of fault */
export async function check({ seed }: TrustOptions): Promise<readonly Finding[]> {
  const database = await startDynamoDbLocal();
  try {
    const definition = synthesiseTable('named-by-each-workflow');
    const rows: Finding[] = [];
    for (const [at, { workflow, options }] of TRIED.entries()) {
      const cloud = await startCloud(database, definition, `faults-${at}`);
      const pairs = { count: PAIRS, choose: choicesOf(seed + at) };
      const { calls, trials } = await tryFaults(cloud, workflow, { ...options, pairs });
      await cloud.close();
      for (const { fault, tried, of, differences } of trials) {
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
