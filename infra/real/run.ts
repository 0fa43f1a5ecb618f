/** `npm run real`: an empty region, two real data sets through the importer, every period closed, and what came of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgressDisplay, type ProgressDisplay } from '../import/progress.ts';
import { TEXTS } from '../import/texts.ts';
import { startDynamoDbLocal } from '../local/dynamodb-local.ts';
import { startRuntime } from '../local/runtime.ts';
import { startCapacityMeter } from './capacity-meter.ts';
import { formatReport } from './print-report.ts';
import { runReal } from './real-run.ts';

const folder = await mkdtemp(join(tmpdir(), 'kinerja-real-'));
const database = await startDynamoDbLocal();
const meter = await startCapacityMeter(database);
const runtime = await startRuntime({ database: meter.database });
let display: ProgressDisplay | null = null;
try {
  const report = await runReal({
    runtime,
    meter,
    folder,
    departments: null,
    onPhase: (name) => {
      display?.end();
      display = createProgressDisplay(TEXTS.en, process.stderr);
      process.stderr.write(`${name} …\n`);
    },
    onProgress: (progress) => display?.show(progress),
  });
  process.stdout.write(`${formatReport(report)}\n`);
  const failed = report.closes.filter(({ status }) => status !== 'SUCCEEDED');
  if (failed.length > 0) process.exitCode = 1;
} finally {
  await runtime.close();
  await meter.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}
