/** `npm run audit -- verify`: recomputes the audit trails of a table, with the operator's own credentials. */
import { parseArgs } from 'node:util';
import { createStore } from '../../functions/store/create-store.ts';
import { dynamoDbClient } from '../../functions/store/dynamodb-client.ts';
import { TEXTS } from './texts.ts';
import { type TableReport, verifyTable } from './verify-table.ts';

/** 0: whole. 1: broken. 2: not verified. */
type ExitCode = 0 | 1 | 2;

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        table: { type: 'string' },
        entity: { type: 'string' },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch {
    return null;
  }
};

const run = async (): Promise<ExitCode> => {
  const args = readArguments();
  const texts = TEXTS[args?.values.lang === 'en' ? 'en' : 'id'];
  if (args?.values.help === true) {
    process.stdout.write(`${texts.usage}\n`);
    return 0;
  }
  const tableName = args?.values.table ?? process.env['TABLE_NAME'];
  if (args === null || args.positionals.join(' ') !== 'verify' || tableName === undefined) {
    process.stderr.write(`${texts.usage}\n`);
    return 2;
  }
  const client = dynamoDbClient();
  try {
    const { entity } = args.values;
    const report =
      entity === undefined
        ? await verifyTable(client, tableName, (entries) =>
            process.stderr.write(`${texts.progress(entries)}\n`),
          )
        : await verifyOne(client, tableName, entity);
    if (report.broken.length === 0) {
      process.stdout.write(`${texts.whole(report.trails, report.entries)}\n`);
      return 0;
    }
    for (const each of report.broken) process.stdout.write(`${texts.line(each.entity, each.brokenAt)}\n`);
    process.stdout.write(`${texts.broken(report.broken.length, report.trails)}\n`);
    return 1;
  } catch (error) {
    process.stderr.write(
      `${texts.failed(error instanceof Error ? `${error.name}: ${error.message}` : '')}\n`,
    );
    return 2;
  } finally {
    client.destroy();
  }
};

async function verifyOne(
  client: ReturnType<typeof dynamoDbClient>,
  tableName: string,
  entity: string,
): Promise<TableReport> {
  const { entries, brokenAt } = await createStore({ client, tableName }).audit.verify(entity);
  return { trails: 1, entries, broken: brokenAt === null ? [] : [{ entity, brokenAt }] };
}

process.exitCode = await run();
