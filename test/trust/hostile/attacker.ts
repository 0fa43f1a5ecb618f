/**
 * A process of its own that sends hostile requests to the endpoint's handler, one after the other, and prints as JSON what it saw.
 * Arguments: the handler's file, the number of requests, the seed. Needs --expose-gc and the environment of the function.
 */
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { HttpHandler } from '../../../functions/graphql/endpoint.ts';
import { type HostileRequest, requests } from './requests.ts';

/** Milliseconds of CPU that one request may cost. */
const MOST_CPU = 1_000;
/** Lambda's limit of an answer, in bytes. */
const MOST_BYTES = 6 * 1024 * 1024;
const BATCH = 200;
/** Statuses with which a request is answered or refused. */
const STATUSES: ReadonlySet<number> = new Set([200, 400, 401, 404, 405, 406, 413, 415]);
/** What must never be told: frames, files, the words of an engine, of a driver or of this program. */
const INTERNALS =
  /\bat [\w.<>]+ \(|node_modules|\.m?[jt]s:\d|\b(?:Type|Range|Reference|Syntax)Error\b|Cannot read prop|is not a function|dynamodb|ValidationException|ECONNRE|stacktrace/i;

export interface AttackReport {
  readonly sent: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
  /** Milliseconds of CPU. */
  readonly cpu: { readonly longest: number; readonly p99: number; readonly mean: number };
  readonly longestRequest: string;
  /** Megabytes of heap after a collection, at a tenth, a half and the end. */
  readonly heap: readonly number[];
}

const [, , file = '', countText = '', seedText = ''] = process.argv;
const count = Number(countText);
const seed = Number(seedText);
const collect: unknown = Reflect.get(globalThis, 'gc');
if (typeof collect !== 'function') throw new Error('start with --expose-gc');
const { handler }: { handler: HttpHandler } = await import(pathToFileURL(file).href);

const eventOf = ({ path, method, headers, body, isBase64Encoded, claims }: HostileRequest, at: number) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: '',
  headers: { ...headers },
  ...(body !== undefined && { body }),
  isBase64Encoded,
  requestContext: {
    accountId: '000000000000',
    apiId: 'trust',
    domainName: 'trust.local',
    domainPrefix: 'trust',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    requestId: `attack-${at}`,
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '',
    timeEpoch: 0,
    ...(claims !== undefined && { authorizer: { jwt: { claims } } }),
  },
});

/** What is wrong with an answer, or null. */
function faultOf(status: number, body: string): string | null {
  if (!STATUSES.has(status)) return `status ${status}`;
  if (Buffer.byteLength(body) > MOST_BYTES) return `${body.length} characters of answer`;
  if (body.includes('"INTERNAL_SERVER_ERROR"')) return 'a failure (masked)';
  const answer: { data?: unknown; errors?: { message?: string; extensions?: { code?: string } }[] } =
    JSON.parse(body);
  if (answer.errors?.some(({ extensions }) => typeof extensions?.code !== 'string'))
    return 'an error without a code';
  const told = JSON.stringify(answer.errors ?? []);
  const internal = INTERNALS.exec(told);
  return internal === null
    ? null
    : `tells internals: ${told.slice(Math.max(0, internal.index - 40), internal.index + 60)}`;
}

const wrong: string[] = [];
const statuses: Record<string, number> = {};
const cpus: number[] = [];
const heap: number[] = [];
const samples = new Set([Math.ceil(count / 10), Math.ceil(count / 2), count]);
let longest = { cpu: 0, request: '' };

/** Not a part of the request's own text, which would keep the whole of it. */
const say = (request: HostileRequest, at: number): string =>
  structuredClone(
    `request ${at} of seed ${seed}: ${request.method} ${request.path} ${JSON.stringify(request.headers).slice(0, 80)} ${(request.body ?? '').length} bytes ${(request.body ?? '').slice(0, 300)}`,
  );

let sent = 0;
for (let batch = 0; sent < count; batch += 1) {
  const sample = fc.sample(requests, { numRuns: Math.min(BATCH, count - sent), seed: seed + batch });
  for (const request of sample) {
    sent += 1;
    const event = JSON.parse(JSON.stringify(eventOf(request, sent)));
    const before = process.cpuUsage();
    let fault: string | null;
    try {
      const { statusCode = 0, body = '' } = await handler(event);
      const { user, system } = process.cpuUsage(before);
      const cpu = (user + system) / 1_000;
      cpus.push(cpu);
      if (cpu > longest.cpu) longest = { cpu, request: say(request, sent) };
      statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
      fault = cpu > MOST_CPU ? `${Math.round(cpu)} ms of CPU` : faultOf(statusCode, body);
    } catch (error) {
      fault = `the handler threw ${error instanceof Error ? error.stack : String(error)}`;
    }
    if (fault !== null) wrong.push(`${fault}: ${say(request, sent)}`);
    if ('polluted' in {}) throw new Error(`request ${sent} changed the prototype of objects`);
    if (samples.has(sent)) {
      collect();
      heap.push(Math.round(process.memoryUsage().heapUsed / 1_048_576));
    }
  }
}
const sorted = Float64Array.from(cpus).sort();
const report: AttackReport = {
  sent,
  statuses,
  wrong,
  cpu: {
    longest: Math.round(longest.cpu),
    p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    mean: cpus.reduce((sum, each) => sum + each, 0) / Math.max(1, cpus.length),
  },
  longestRequest: longest.request,
  heap,
};
process.stdout.write(`\n@report ${JSON.stringify(report)}\n`, () => process.exit());
