/**
 * The program of a process that can be killed: it drives a workflow on from where the one before it died. Everything that it
 * asks of AWS, and of the journal of what has ended, goes to `endpoint`.
 */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ExecutionFailed, type Services } from './cloud.ts';
import { type Ended, ended, type Report } from './journal.ts';
import { processDeps } from './process-deps.ts';
import { WORKFLOWS } from './workflows/all.ts';
import { counting } from './workflows/counting.ts';

const { workflow: name, ...of } = z
  .object({
    workflow: z.string(),
    tableName: z.string(),
    endpoint: z.string(),
    region: z.string(),
    credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const workflow = [counting, ...WORKFLOWS.map((each) => each.workflow)].find((each) => each.name === name);
if (workflow === undefined) throw new Error(`no workflow ${name}`);

// Repetitions wait a random time up to some bound: none.
Math.random = () => 0;
const { tableName, ...connection } = of;
const clients = {
  dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(connection), {
    marshallOptions: { removeUndefinedValues: true },
  }),
  s3: new S3Client(connection),
  ses: new SESv2Client(connection),
  sfn: new SFNClient(connection),
  cognito: new CognitoIdentityProviderClient(connection),
};

const tell = async (report: Report): Promise<unknown> => {
  const answer = await fetch(`${of.endpoint}/journal`, { method: 'POST', body: JSON.stringify(report) });
  return answer.json();
};

let steps = 0;
let executions = 0;
let passed = 0;
const now = (): string => new Date(Date.parse(workflow.at) + passed).toISOString();

const invoke = async <T>(
  step: string,
  once: boolean,
  work: (deps: ReturnType<typeof processDeps>) => Promise<T>,
): Promise<unknown> => {
  const number = steps;
  steps += 1;
  const known = z.nullable(ended).parse(await tell({ says: 'BEGIN', step: number, once }));
  if (known !== null) return answerOf(known);
  const came: Ended = await work(processDeps(clients, { tableName, now }, step)).then(
    (answer) => ({ answer }),
    (error: unknown) => ({
      error:
        error instanceof Error
          ? { name: error.name, message: error.message }
          : { name: 'Unknown', message: String(error) },
    }),
  );
  await tell({ says: 'END', step: number, ended: came });
  return once ? undefined : answerOf(came);
};

function answerOf({ answer, error }: Ended): unknown {
  if (error === undefined) return answer;
  throw Object.assign(new Error(error.message), { name: error.name });
}

const services: Services = {
  // As Step Functions does, an answer goes through JSON.
  invoke: async <T>(step: string, work: (deps: ReturnType<typeof processDeps>) => Promise<T>) =>
    (await invoke(step, false, work)) as T,
  invokeOnce: async (step, work) => {
    await invoke(step, true, work);
  },
  executions: async (machine, run) => {
    for (;;) {
      const execution = executions;
      executions += 1;
      const input = z.nullable(z.string()).parse(await tell({ says: 'NEXT', execution, machine }));
      if (input === null) return;
      try {
        await run(JSON.parse(input));
        await tell({ says: 'EXECUTED', execution, status: 'SUCCEEDED' });
      } catch (error) {
        await tell({ says: 'EXECUTED', execution, status: 'FAILED' });
        if (!(error instanceof ExecutionFailed)) throw error;
      }
    }
  },
  pass: (minutes) => {
    passed += minutes * 60_000;
  },
  alarm: (about) => {
    // Told in order with what follows: a workflow's next step waits for it.
    alarms.push(tell({ says: 'ALARM', about }));
  },
};
const alarms: Promise<unknown>[] = [];
await workflow.drive(services);
await Promise.all(alarms);
process.exit(0);
