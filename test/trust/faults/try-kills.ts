/** Kills real processes at calls of AWS, and compares what a workflow comes to with an undisturbed run, byte for byte. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { ExecutionAlreadyExists } from '@aws-sdk/client-sfn';
import { readBody, serveOnLoopback } from '../../../infra/local/loopback-server.ts';
import { type Cloud, comparedState, digestOf, type State, type Workflow } from './cloud.ts';
import { createJournal, type Journal, report } from './journal.ts';
import { keepMail } from './mailbox.ts';
import { differenceOf, type Trial, withoutWaiting } from './try-faults.ts';

const PROGRAM = fileURLToPath(new URL('process.ts', import.meta.url));
const REQUEST_BYTES = 16 * 1024 * 1024;

/** A call, from 1, and whether its request still goes out. */
interface Kill {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** Kills a process at some calls of a workflow, one in each run. */
export async function tryKills(
  cloud: Cloud,
  workflow: Workflow,
  { count, choose }: { readonly count: number; readonly choose: (of: number) => number },
): Promise<Trial> {
  const begin = await cloud.prepare(workflow);
  const restore = withoutWaiting();
  const undisturbed = await cloud.run(workflow).finally(restore);
  const wanted = comparedState(undisturbed.state, workflow);
  const differences: string[] = [];
  for (let tried = 0; tried < count; tried += 1) {
    const kill: Kill = {
      call: choose(undisturbed.calls.length) + 1,
      moment: choose(2) === 0 ? 'before' : 'after',
    };
    await cloud.reset(begin);
    const { state, problem } = await runInProcesses(cloud, workflow, kill);
    const came = comparedState(state, workflow);
    const wrong = problem ?? (digestOf(came) === digestOf(wanted) ? null : differenceOf(came, wanted));
    if (wrong !== null) differences.push(`killed ${kill.moment} call ${kill.call}: ${wrong}`);
  }
  return { fault: 'process killed (SIGKILL)', tried: count, of: 'processes', differences };
}

/** Runs a workflow in a process that is killed, and in another that goes on. */
async function runInProcesses(
  cloud: Cloud,
  workflow: Workflow,
  kill: Kill,
): Promise<{ readonly state: State; readonly problem: string | null }> {
  const { connection } = cloud;
  const journal = createJournal();
  const mails = new Map<string, string>();
  const underWay = new Set<Promise<unknown>>();
  let calls = 0;
  let killed = false;
  let child: ChildProcess | null = null;

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming, REQUEST_BYTES);
    if (incoming.url === '/journal') return end(response, journalAnswer(journal, body));
    calls += 1;
    const dies = !killed && calls === kill.call;
    if (dies && kill.moment === 'before') return die();
    const sent = send(incoming, body);
    underWay.add(sent);
    const answered = await sent.finally(() => underWay.delete(sent));
    if (dies) return die();
    end(response, answered);
  };
  const die = (): void => {
    killed = true;
    child?.kill('SIGKILL');
  };
  const send = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const [service, operation = ''] = String(incoming.headers['x-amz-target'] ?? '').split('.');
    if (service === 'AWSStepFunctions')
      return executionAnswer(journal, operation, JSON.parse(body.toString('utf8')), workflow.at);
    if (service === 'AWSCognitoIdentityProviderService')
      return json(200, { Users: workflow.roleHolders?.map((Username) => ({ Username })) ?? [] });
    if (incoming.url?.startsWith('/v2/email/') === true)
      return json(200, { MessageId: keepMail(mails, JSON.parse(body.toString('utf8'))) });
    return forward(
      service?.startsWith('DynamoDB') === true ? connection.dynamoDb : connection.s3,
      incoming,
      body,
    );
  };
  const server = await serveOnLoopback((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });

  const start = async (): Promise<string | null> => {
    const { tableName, region, credentials } = connection;
    const about = { workflow: workflow.name, tableName, region, credentials, endpoint: server.url };
    const started = spawn(process.execPath, [PROGRAM, JSON.stringify(about)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    const said: Buffer[] = [];
    started.stderr.on('data', (part: Buffer) => said.push(part));
    const [code, signal] = await once(started, 'close');
    if (signal === 'SIGKILL' || code === 0) return null;
    return `the process ended with ${signal ?? code}: ${Buffer.concat(said).toString('utf8').slice(0, 2000)}`;
  };
  try {
    const first = await start();
    // What had gone out takes effect before another process begins.
    await Promise.allSettled(underWay);
    journal.died();
    const problem = first ?? (killed ? await start() : `there were ${calls} calls`);
    return { state: await cloud.read(mails, journal.alarms), problem };
  } finally {
    await server.close();
  }
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

const end = (response: ServerResponse, { status, headers, body }: Answer): void => {
  response.writeHead(status, headers).end(body);
};

const journalAnswer = (journal: Journal, body: Buffer): Answer =>
  json(200, journal.hear(report.parse(JSON.parse(body.toString('utf8')))) ?? null);

function executionAnswer({ executions }: Journal, operation: string, input: object, at: string): Answer {
  try {
    const answer = executions.answer(operation, input, at);
    return json(200, 'startDate' in answer ? { ...answer, startDate: Date.parse(at) / 1000 } : answer);
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
    return json(400, { __type: error.name, message: error.message });
  }
}

/** Sends a request on as it came: its signature covers the host that it was sent to. */
const forward = (to: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> =>
  new Promise((settle, reject) => {
    const sent = request(`${to}${url}`, { method, headers }, (response) => {
      readBody(response, REQUEST_BYTES).then(
        (content) => settle({ status: response.statusCode ?? 502, headers: response.headers, body: content }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
