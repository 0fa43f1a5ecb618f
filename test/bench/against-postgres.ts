import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { ratingsForFit } from '../../functions/domain/evaluation/evaluation.ts';
import { evaluationFrame } from '../../functions/domain/evaluation/evaluation-frame.ts';
import type { ScoredStaff } from '../../functions/domain/evaluation/ranking.ts';
import type { Rank } from '../../functions/domain/evaluation/result.ts';
import type { CrossedRating } from '../../functions/domain/fairness/crossed-design.ts';
import { adjustRatings } from '../../functions/domain/fairness/fairness.ts';
import { assessorOn } from '../../functions/domain/organisation/staff.ts';
import { evaluateInputs } from '../../functions/usecases/close/evaluate-shard.ts';
import type { ShardInputs, ShardWork } from '../../functions/usecases/close/shard-inputs.ts';
import {
  jobGroupOf,
  POLICY,
  planOf,
  ratingsOf,
  realisationsOf,
  STAFF_A_UNIT,
  staffIdOf,
  unitIdOf,
} from './bulk-region.ts';
import { startPostgres } from './postgres.ts';
import { inputsOf, microsecondsSince, rankAll, scoresOf, type Work, workOf } from './pure-close.ts';

export interface AgainstPostgres {
  readonly staff: number;
  readonly values: number;
  readonly ratings: number;
  /** Seconds of ours by the clock: evaluated with explanation, policy, ratings and predicate, the raters' severity fitted, ranked. */
  readonly seconds: number;
  /** The same in processor time of all threads: garbage is collected by others too, that of making the inputs among it. */
  readonly cpuSeconds: number;
  /** What of both is the fit of the raters' severity, which the statement does not do. */
  readonly fitSeconds: number;
  readonly fitCpuSeconds: number;
  /** PostgreSQL's execution time in one process, the least of `RUNS`. */
  readonly postgresAloneSeconds: number;
  /** PostgreSQL's processor time for it in one process, the least of `RUNS`; null where the system does not tell. */
  readonly postgresCpuSeconds: number | null;
  /** PostgreSQL's own execution time, the median of `RUNS` with a warm cache; the answer is not sent to anybody. */
  readonly postgresSeconds: number;
  /** Until a client has the answer. */
  readonly answerSeconds: number;
}

const LINES = [4_000, 3_000, 2_000, 1_000];
const RATERS = 3;
const ITEMS = 7;
const RUNS = 5;

interface Stopwatch {
  time<Result>(work: () => Result): Result;
  readonly seconds: () => number;
  readonly cpuSeconds: () => number;
}

function stopwatch(): Stopwatch {
  let milliseconds = 0;
  let microseconds = 0;
  return {
    time(work) {
      const from = performance.now();
      const cpu = process.cpuUsage();
      const result = work();
      microseconds += microsecondsSince(cpu);
      milliseconds += performance.now() - from;
      return result;
    },
    seconds: () => milliseconds / 1000,
    cpuSeconds: () => microseconds / 1e6,
  };
}

/** What `evaluateInputs` fits. */
function fittedRatings({ persons }: ShardInputs, work: ShardWork): CrossedRating[] {
  const { period, organisation, instruments, pseudonymOf } = work;
  const frame = evaluationFrame(period.policy, period, instruments, organisation);
  return persons.flatMap((person) =>
    ratingsForFit(
      { ...person, assessor: assessorOn(organisation, person.membership, period.end) },
      frame,
      pseudonymOf,
    ),
  );
}

/** Memory enough that nothing is sorted or hashed on disk; the rest, two parallel workers among it, is as PostgreSQL ships it. */
export const SETTINGS = { shared_buffers: '512MB', work_mem: '256MB', max_wal_size: '4GB' };

/** Two peers are enough here, so that every rating counts on both sides. */
const FEW_RATERS = { ...POLICY, rules: { ...POLICY.rules, minimumRaters: 2 } };

/** Four lines of one figure each, the superior's rating and two peers'. */
function littleWork(person: number, head: string): Work {
  const plan = planOf({ kind: 'STAFF', staffId: staffIdOf(person) });
  const lines = (plan.agreed?.lines ?? []).slice(0, LINES.length).map((line, at) => ({
    ...line,
    weight: LINES[at] ?? 0,
    measure: { ...line.measure, buildUp: 'LATEST' as const },
    targets: Object.fromEntries(Object.entries(line.targets).filter(([month]) => month === '03')),
  }));
  return {
    plan: { ...plan, agreed: plan.agreed && { ...plan.agreed, lines } },
    realisations: realisationsOf(plan.id, person).filter(
      ({ month, lineId }) => month.endsWith('-03') && lines.some(({ id }) => id === lineId),
    ),
    ratings: ratingsOf(person, head)
      .filter(({ group }) => group === 'SUPERIOR' || group === 'PEER')
      .slice(0, RATERS),
  };
}

/** What both sides must come to. */
interface Ranked {
  readonly score: number;
  readonly unit: Rank;
  readonly jobGroup: Rank;
  readonly region: Rank;
}

/**
 * One region of `staff` people, closed by the pure close and by one statement of PostgreSQL from the same figures.
 * @throws Error unless both come to the same score and the same three ranks for everybody; PostgresMissingError
 */
export async function measureAgainstPostgres(staff: number): Promise<AgainstPostgres> {
  const server = await startPostgres(SETTINGS);
  const client = new pg.Client(server);
  try {
    await client.connect();
    await client.query(TABLES);
    const scored: ScoredStaff[][] = [];
    const close = stopwatch();
    const fit = stopwatch();
    for (let first = 0; first < staff; first += STAFF_A_UNIT) {
      const unitId = unitIdOf(first / STAFF_A_UNIT);
      const head = `head-of-${unitId}`;
      const inputs = inputsOf(unitId, first, Math.min(staff, first + STAFF_A_UNIT), (person) =>
        littleWork(person, head),
      );
      await insert(client, first, inputs.persons);
      const work = workOf(unitId, head, FEW_RATERS);
      const { evaluations } = close.time(() => evaluateInputs(inputs, work));
      scored.push(scoresOf(evaluations, unitId));
      const ratings = fittedRatings(inputs, work);
      fit.time(() => adjustRatings(ratings));
    }
    const ranks = close.time(() => rankAll(scored));
    const ours = new Map(scored.flat().map(({ staffId, score }, at) => [staffId, { score, ...ranks[at] }]));

    await client.query('VACUUM ANALYZE');
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) times.push(await executionSeconds(client));
    const asked = performance.now();
    const { rows } = await client.query<Record<string, string>>(CLOSE);
    const answerSeconds = (performance.now() - asked) / 1000;
    for (const row of rows) {
      const mine = ours.get(staffIdOf(Number(row['id'])));
      if (JSON.stringify(mine) !== JSON.stringify(theirs(row))) {
        throw new Error(
          `PostgreSQL comes to ${JSON.stringify(theirs(row))}, ours is ${JSON.stringify(mine)}`,
        );
      }
    }
    const alone = await leastAlone(client);
    if (rows.length !== staff || ours.size !== staff) throw new Error('somebody has no score');
    return {
      staff,
      values: staff * LINES.length,
      ratings: staff * RATERS,
      seconds: close.seconds(),
      cpuSeconds: close.cpuSeconds(),
      fitSeconds: fit.seconds(),
      fitCpuSeconds: fit.cpuSeconds(),
      postgresAloneSeconds: alone.seconds,
      postgresCpuSeconds: alone.cpuSeconds,
      postgresSeconds: times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN,
      answerSeconds,
    };
  } finally {
    await client.end();
    await server.close();
  }
}

const micro = (text: string | undefined): number => Math.round(Number(text) * 1e6);

const theirs = (row: Readonly<Record<string, string>>): Ranked => {
  const rank = (scope: string): Rank => ({
    rank: Number(row[`${scope}_rank`]),
    of: Number(row[`${scope}_of`]),
    percentile: micro(row[`${scope}_percentile`]),
  });
  return {
    score: micro(row['score']),
    unit: rank('unit'),
    jobGroup: rank('job_group'),
    region: rank('region'),
  };
};

async function executionSeconds(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, TIMING OFF) ${CLOSE}`);
  const said = rows.map((row) => row['QUERY PLAN']).join('\n');
  return Number(/Execution Time: ([\d.]+) ms/.exec(said)?.[1]) / 1000;
}

/** Without parallel workers, so that all of it is the one process that answers. */
async function leastAlone(
  client: pg.Client,
): Promise<{ readonly seconds: number; readonly cpuSeconds: number | null }> {
  await client.query('SET max_parallel_workers_per_gather = 0');
  const { rows } = await client.query<{ readonly pid: number }>('SELECT pg_backend_pid() AS pid');
  const spent = async (): Promise<number> => {
    const stat = await readFile(`/proc/${rows[0]?.pid}/stat`, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_A_SECOND;
  };
  let seconds = Number.POSITIVE_INFINITY;
  let cpuSeconds = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const before = await spent();
    seconds = Math.min(seconds, await executionSeconds(client));
    cpuSeconds = Math.min(cpuSeconds, (await spent()) - before);
  }
  return { seconds, cpuSeconds: Number.isNaN(cpuSeconds) ? null : cpuSeconds };
}

/** Of Linux, on every machine that Node runs on. */
const TICKS_A_SECOND = 100;

async function insert(
  client: pg.Client,
  first: number,
  persons: readonly (Work & { readonly membership: { readonly jobGroup: string } })[],
): Promise<void> {
  const values: unknown[][] = [];
  const ratings: unknown[][] = [];
  for (const [at, { plan, realisations, ratings: own }] of persons.entries()) {
    for (const { id, weight, measure, targets } of plan?.agreed?.lines ?? []) {
      const target = targets['03'];
      if (target === undefined || !('value' in target)) continue;
      const reached = realisations.find(({ lineId }) => lineId === id);
      values.push([first + at, weight, measure.polarity === 'MINIMIZE', target.value, reached?.value]);
    }
    for (const { group, scores } of own) {
      ratings.push([first + at, group === 'SUPERIOR', scores.reduce((sum, score) => sum + score, 0)]);
    }
  }
  const column = (rows: readonly unknown[][], at: number): unknown[] => rows.map((row) => row[at]);
  await client.query('INSERT INTO staff SELECT *, $1 FROM unnest($2::int[], $3::text[])', [
    first / STAFF_A_UNIT,
    persons.map((_, at) => first + at),
    persons.map((_, at) => jobGroupOf(first + at)),
  ]);
  await client.query(
    'INSERT INTO indicator_value SELECT * FROM unnest($1::int[], $2::int[], $3::bool[], $4::numeric[], $5::numeric[])',
    [0, 1, 2, 3, 4].map((at) => column(values, at)),
  );
  await client.query('INSERT INTO rating SELECT * FROM unnest($1::int[], $2::bool[], $3::int[])', [
    ...[0, 1, 2].map((at) => column(ratings, at)),
  ]);
}

const TABLES = `
  CREATE TABLE staff (id int PRIMARY KEY, job_group text NOT NULL, unit int NOT NULL);
  CREATE TABLE indicator_value (staff int NOT NULL, weight int NOT NULL, minimise bool NOT NULL,
    target numeric NOT NULL, realisation numeric NOT NULL);
  CREATE TABLE rating (staff int NOT NULL, superior bool NOT NULL, items int NOT NULL);`;

const scope = (name: string, by: string): string => `
  rank() OVER ${name} AS ${name}_rank, count(*) OVER (${by}) AS ${name}_of,
  CASE WHEN count(*) OVER (${by}) = 1 THEN 100
    ELSE round(100.0 * (count(*) OVER (${by}) - count(*) OVER ${name}) / (count(*) OVER (${by}) - 1), 6) END AS ${name}_percentile`;

/** The same figures by the same rounding: achievement, work result, points of the two pools, behaviour, score, three rankings. */
const CLOSE = `
WITH work AS (
  SELECT staff, round(sum(weight * achievement) / sum(weight), 6) AS score
  FROM (SELECT staff, weight, least(120, greatest(0, round(100.0 *
      (CASE WHEN minimise THEN 2 * target - realisation ELSE realisation END) / target, 6))) AS achievement
    FROM indicator_value) line
  GROUP BY staff
), pool AS (
  SELECT staff, CASE WHEN superior THEN 6000 ELSE 4000 END AS weight,
    CASE WHEN sum(items) <= 3 * ${ITEMS} * count(*)
      THEN round(50 + (sum(items) - ${ITEMS} * count(*)) * 20.0 / (${ITEMS} * count(*)), 6)
      ELSE round(90 + (sum(items) - 3 * ${ITEMS} * count(*)) * 15.0 / (${ITEMS} * count(*)), 6) END AS points
  FROM rating GROUP BY staff, superior HAVING superior OR count(*) >= 2
), behaviour AS (
  SELECT staff, round(sum(weight * points) / sum(weight), 6) AS score, bool_or(weight = 4000) AS colleagues
  FROM pool GROUP BY staff
), scored AS (
  SELECT id, unit, job_group, round(CASE WHEN colleagues THEN work.score * 60 + behaviour.score * 40
    ELSE work.score * 70 + behaviour.score * 30 END / 100, 6) AS score
  FROM staff JOIN work ON work.staff = id JOIN behaviour ON behaviour.staff = id
)
SELECT id, score, ${scope('unit', 'PARTITION BY unit')}, ${scope('job_group', 'PARTITION BY job_group')}, ${scope('region', '')}
FROM scored
WINDOW unit AS (PARTITION BY unit ORDER BY score DESC), job_group AS (PARTITION BY job_group ORDER BY score DESC),
  region AS (ORDER BY score DESC)`;
