import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openPeriod, planPeriod } from '../../../functions/domain/period/period.ts';
import { createEndpoint } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { documentClient } from '../../../functions/store/dynamodb-client.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import { newId } from '../../../functions/usecases/new-id.ts';
import type { DynamoDbLocal } from '../../../infra/local/dynamodb-local.ts';
import { PERIOD_ID, staffIdOf } from '../bulk-region.ts';
import { bundle } from '../bundles.ts';
import { functionEnvironment, httpEvent } from '../http-event.ts';
import { type Postgres, PostgresMissingError, startPostgres } from '../postgres.ts';
import { type MeteredRequest, meterRequests } from '../request-meter.ts';
import type { Recorded } from './bare.ts';
import { type Batch, type Contender, startContender } from './contender.ts';
import { EXPLAINED, NOW, OPEN_PERIOD, OPERATIONS, PEOPLE, UNITS, WRITERS } from './operations.ts';
import { type ExplainedResult, loadRegion, type Person } from './relational.ts';

const POSTGRAPHILE = 'postgraphile@5.1.5';

export interface Figures {
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  /** Milliseconds of processor time of the serving process for one operation, the median of turns: others use the machine too. */
  readonly cpu: number;
}

export interface OperationFigures {
  readonly name: string;
  /** DynamoDB requests of one operation, in the mean over the units. */
  readonly requests: number;
  readonly ours: Figures;
  readonly bare: Figures;
  /** With the processor time of PostgreSQL's own processes, where the system tells it; null: not measured. */
  readonly postgraphile: (Figures & { readonly databaseCpu: number | null }) | null;
}

export interface GraphQLFigures {
  readonly operations: readonly OperationFigures[];
  /** Why there are none of PostGraphile; null when there are. */
  readonly without: string | null;
}

/** Of so many times a contender answers before the next one has its turn. */
const TURN = 10;
/**
 * Times that the recording asked before, of each unit two: of the writes the first ones are made. The first ten are not recorded, for
 * a process reads some of what changes seldom only once.
 */
const RECORDED = 2 * UNITS;
/** Before the first that counts: as many as a process needs until most of its code is compiled. */
const WARM = 700;

/**
 * Asks the ten operations of the bundled endpoint, of the bare table calls and of PostGraphile, by turns.
 * @throws RangeError for a region that is too small, or more times than there are people who write
 */
export async function measureGraphQL(
  database: DynamoDbLocal,
  tableName: string,
  staff: number,
  times: number,
): Promise<GraphQLFigures> {
  const most = WRITERS - RECORDED - WARM;
  if (staff < PEOPLE) throw new RangeError(`--staff ${staff}: the operations need ${PEOPLE} people at least`);
  if (times > most) throw new RangeError(`--times ${times}: there are people for ${most} writes at most`);
  using bundles = bundle({ ours: 'functions/graphql/handler.ts' });
  const environment = {
    ...functionEnvironment(database.endpoint, tableName),
    AWS_REGION: database.region,
    AWS_ACCESS_KEY_ID: database.accessKeyId,
    AWS_SECRET_ACCESS_KEY: database.secretAccessKey,
  };
  const { recorded, people } = await record(database, tableName, staff);
  const started: Contender[] = [];
  const start = async (program: string, setup: unknown): Promise<Contender> => {
    const contender = await startContender(program, setup, environment);
    started.push(contender);
    return contender;
  };
  let peer: Peer | string = 'PostgreSQL was not started';
  try {
    const ours = await start('ours.ts', bundles.of('ours').file);
    const bare = await start('bare.ts', recorded);
    peer = await startPeer(people, start);
    const operations: OperationFigures[] = [];
    for (const [operation, { name }] of OPERATIONS.entries()) {
      const samples = { ours: new Sample(), bare: new Sample(), postgraphile: new Sample() };
      let databaseTicks = 0;
      for (let from = RECORDED; from < RECORDED + WARM + times; from += TURN) {
        const warm = from < RECORDED + WARM;
        samples.ours.add(await ours.ask(operation, from, TURN), warm);
        samples.bare.add(await bare.ask(operation, from, TURN), warm);
        if (typeof peer === 'string') continue;
        const before = await ticksOf(peer.postgres);
        samples.postgraphile.add(await peer.contender.ask(operation, from, TURN), warm);
        if (!warm) databaseTicks += ((await ticksOf(peer.postgres)) ?? Number.NaN) - (before ?? Number.NaN);
      }
      operations.push({
        name,
        requests: meanLength(recorded[operation] ?? []),
        ours: samples.ours.figures(),
        bare: samples.bare.figures(),
        postgraphile:
          typeof peer === 'string'
            ? null
            : {
                ...samples.postgraphile.figures(),
                databaseCpu: Number.isNaN(databaseTicks)
                  ? null
                  : (databaseTicks * 10) / samples.postgraphile.milliseconds.length,
              },
      });
    }
    return { operations, without: typeof peer === 'string' ? peer : null };
  } finally {
    for (const contender of started) await contender.close();
    if (typeof peer !== 'string') await peer.close();
  }
}

class Sample {
  readonly milliseconds: number[] = [];
  /** Of one request, by turns. */
  readonly #cpu: number[] = [];

  add({ milliseconds, cpu }: Batch, warm: boolean): void {
    if (warm) return;
    this.milliseconds.push(...milliseconds);
    this.#cpu.push(cpu / milliseconds.length);
  }

  figures(): Figures {
    return {
      median: quantile(this.milliseconds, 0.5),
      p99: quantile(this.milliseconds, 0.99),
      cpu: quantile(this.#cpu, 0.5),
    };
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Without what the meter asks for. */
const asTheEndpointAsks = (request: MeteredRequest): MeteredRequest => {
  const { ReturnConsumedCapacity: _, ...input } = request.input as {
    readonly ReturnConsumedCapacity?: string;
  };
  return { ...request, input };
};

const meanLength = (lists: readonly (readonly unknown[])[]): number => lists.flat().length / lists.length;

/** Which requests each operation sends in each unit, and what the endpoint says of everybody's result. */
async function record(
  database: DynamoDbLocal,
  tableName: string,
  staff: number,
): Promise<{
  readonly recorded: readonly Recorded[];
  readonly people: readonly Person[];
}> {
  const client = documentClient({
    endpoint: database.endpoint,
    region: database.region,
    credentials: database,
  });
  const meter = meterRequests(client);
  const store = createStore({ client, tableName, gathersReads: true });
  const planned = planPeriod(OPEN_PERIOD.id, OPEN_PERIOD.closesAt, 420);
  const intent = {
    actor: { id: 'seed', role: 'HR_ADMIN' },
    at: NOW,
    operation: 'seed',
    reason: null,
    idempotency: null,
  } as const;
  await store.commit(intent, [store.periods.save(null, planned)]);
  const stored = await store.periods.get(OPEN_PERIOD.id);
  if (stored === null) throw new Error('the period was not written');
  await store.commit(intent, [store.periods.save(stored, openPeriod(stored))]);
  const endpoint = createEndpoint(
    {
      store,
      files: createFiles({ bucket: 'none' }),
      jobs: { start: async () => undefined },
      now: () => NOW,
      newId,
    },
    'prod',
  );
  const ask = async (query: string, variables: object, staffId: string | null): Promise<string> => {
    const { body = '' } = await endpoint(
      httpEvent(query, variables, staffId === null ? undefined : { staffId }),
    );
    if (body.includes('"errors"') || body.includes('"userErrors":[{'))
      throw new Error(`${query.slice(0, 60)}: ${body.slice(0, 500)}`);
    return body;
  };
  const recorded: Recorded[] = [];
  for (const { ours, staffId } of OPERATIONS) {
    const units: (readonly MeteredRequest[])[] = [];
    for (let time = 0; time < RECORDED; time += 1) {
      meter.reset();
      const { query, variables } = ours(time);
      await ask(query, variables, staffId(time));
      if (time >= UNITS) units.push(meter.requests.map(asTheEndpointAsks));
    }
    recorded.push(units);
  }
  const people: Person[] = [];
  for (let person = 0; person < staff; person += 1) {
    const staffId = staffIdOf(person);
    const body = await ask(
      `query ($period: ID!) { viewer { staff { result(periodId: $period) { ${EXPLAINED} } } } }`,
      { period: PERIOD_ID },
      staffId,
    );
    const { data }: { data: { viewer: { staff: { result: ExplainedResult | null } } } } = JSON.parse(body);
    people.push({ staffId, result: data.viewer.staff.result });
  }
  client.destroy();
  return { recorded, people };
}

interface Peer {
  readonly contender: Contender;
  readonly postgres: Postgres;
  close(): Promise<void>;
}

/** PostGraphile on PostgreSQL with the same region, or why it could not be had. */
async function startPeer(
  people: readonly Person[],
  start: (program: string, setup: unknown) => Promise<Contender>,
): Promise<Peer | string> {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-postgraphile-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await promisify(execFile)(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', POSTGRAPHILE],
      {
        cwd: folder,
        timeout: 300_000,
      },
    );
  } catch {
    await remove();
    return `${POSTGRAPHILE} could not be installed: the package registry does not answer`;
  }
  try {
    const postgres = await startPostgres();
    const close = async (): Promise<void> => {
      await postgres.close();
      await remove();
    };
    try {
      await loadRegion(postgres, people);
      const { host, user, database } = postgres;
      const contender = await start('postgraphile.ts', { folder, connection: { host, user, database } });
      return { contender, postgres, close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await remove();
    if (error instanceof PostgresMissingError) return error.message;
    throw error;
  }
}

/** Hundredths of a second of processor time of PostgreSQL's processes; null where the system does not tell. */
async function ticksOf({ host }: Postgres): Promise<number | null> {
  try {
    const [postmaster = ''] = (await readFile(join(host, 'data', 'postmaster.pid'), 'utf8')).split('\n');
    let ticks = 0;
    for (const pid of await readdir('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // After the name, which may hold spaces: state, parent, … user time, system time, and both of the children that ended.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
      if (pid === postmaster) ticks += user + system + endedUser + endedSystem;
      else if (fields[1] === postmaster) ticks += user + system;
    }
    return ticks;
  } catch {
    return null;
  }
}
