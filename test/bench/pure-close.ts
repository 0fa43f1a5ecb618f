import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mergeRankings, type ScoredStaff } from '../../functions/domain/evaluation/ranking.ts';
import type { Evaluation, Ranks } from '../../functions/domain/evaluation/result.ts';
import type { Period } from '../../functions/domain/period/period.ts';
import type { Policy } from '../../functions/domain/period/policy.ts';
import { planIdOf } from '../../functions/domain/plan/plan.ts';
import { evaluateInputs } from '../../functions/usecases/close/evaluate-shard.ts';
import type { PersonInputs, ShardInputs, ShardWork } from '../../functions/usecases/close/shard-inputs.ts';
import {
  CLOSES_AT,
  INSTRUMENTS,
  jobGroupOf,
  PERIOD_ID,
  POLICY,
  planOf,
  ratingsOf,
  realisationsOf,
  STAFF_A_UNIT,
  staffIdOf,
  unitIdOf,
  YEAR,
} from './bulk-region.ts';

export interface PureClose {
  readonly staff: number;
  /** Microseconds of processor time a person: everybody's evaluation with its explanation and the fit of the raters' severity, unit by unit. */
  readonly evaluate: number;
  /** The same: ranked in unit, job group and region, and written down page by page. */
  readonly rank: number;
  /** The most that this process has held so far. */
  readonly peakMebibytes: number;
}

/** So many before the clock starts, so that everything is compiled: with 3,000 a region of 10,000 still paid for it. */
const WARMING_UP = 20_000;

/** A region of usual size: the country's 4.7 million staff work in some 600 governments. */
const STAFF_A_REGION = 10_000;

const PERIOD: Period & { readonly run: string; readonly policy: Policy; readonly auditHash: string } = {
  id: PERIOD_ID,
  kind: 'QUARTER',
  year: 2026,
  start: '2026-01-01',
  end: '2026-03-31',
  state: 'CLOSING',
  closesAt: CLOSES_AT,
  attempt: 1,
  run: 'r1',
  publishedRun: null,
  correcting: null,
  publications: [],
  settled: false,
  lateDecisions: [],
  publishedAt: null,
  finalAt: null,
  policy: POLICY,
  failure: null,
  version: 3,
  auditHash: '',
};

/**
 * The close without its table, unit by unit and region by region: what is left of a unit is a score a person, and nothing is left of
 * a region. Inputs are made outside of the clock.
 */
export function measurePureClose(staff: number): PureClose {
  let evaluating = 0;
  let ranking = 0;
  for (let region = 0; region < staff; region += STAFF_A_REGION) {
    const end = Math.min(staff, region + STAFF_A_REGION);
    const scored: ScoredStaff[][] = [];
    for (let first = region; first < end; first += STAFF_A_UNIT) {
      const unitId = unitIdOf(first / STAFF_A_UNIT);
      const head = staffIdOf(first);
      const inputs = inputsOf(unitId, first, Math.min(end, first + STAFF_A_UNIT), (person) =>
        wholeWork(person, head),
      );
      const work = workOf(unitId, head);
      const from = process.cpuUsage();
      const { evaluations } = evaluateInputs(inputs, work);
      evaluating += microsecondsSince(from);
      scored.push(scoresOf(evaluations, unitId));
    }
    const from = process.cpuUsage();
    rankAll(scored);
    ranking += microsecondsSince(from);
  }
  return {
    staff,
    evaluate: evaluating / staff,
    rank: ranking / staff,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
  };
}

/** Of this process: the clock of a machine that others use tells less. */
export const microsecondsSince = (from: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(from);
  return user + system;
};

export const scoresOf = (evaluations: readonly Evaluation[], unitId: string): ScoredStaff[] =>
  evaluations.flatMap(({ staffId, jobGroup, score }) =>
    score === null ? [] : [{ staffId, unitId, jobGroup, score }],
  );

/** Everybody's ranks, in the order given, and every ranking page. */
export function rankAll(scored: readonly (readonly ScoredStaff[])[]): Ranks[] {
  const rankings = mergeRankings(scored);
  const ranks = scored.flatMap((unit) => unit.map(rankings.ranksOf));
  let entries = 0;
  for (const scope of rankings.scopes) for (const page of scope.pages(300)) entries += page.entries.length;
  if (entries !== 3 * rankings.total) throw new Error('somebody is missing in a ranking');
  return ranks;
}

export const workOf = (unitId: string, head: string, policy: Policy = POLICY): ShardWork => ({
  period: { ...PERIOD, policy },
  organisation: {
    version: 1,
    units: new Map([
      [
        unitId,
        {
          id: unitId,
          code: unitId,
          name: unitId,
          kind: 'PUSKESMAS',
          mission: null,
          parentId: null,
          heads: [{ staffId: head, from: '2025-01-01', to: null }],
          shardCount: 1,
          retiredFrom: null,
          version: 1,
        },
      ],
    ]),
  },
  collection: { unitId, shard: 0 },
  instruments: INSTRUMENTS,
  builtOn: [],
  pseudonymOf: (staffId) => staffId,
});

/** What is known of a person's work in the period. */
export type Work = Pick<PersonInputs, 'plan' | 'realisations' | 'ratings'>;

/** 8 lines, 24 realisations, 12 ratings. */
const wholeWork = (person: number, head: string): Work => {
  const owner = { kind: 'STAFF', staffId: staffIdOf(person) } as const;
  return {
    plan: planOf(owner),
    realisations: realisationsOf(planIdOf(owner, YEAR), person),
    ratings: ratingsOf(person, head),
  };
};

/** A unit of the people from `first` to before `end`. */
export function inputsOf(
  unitId: string,
  first: number,
  end: number,
  workOfPerson: (person: number) => Work,
): ShardInputs {
  const persons = Array.from({ length: end - first }, (_, index) => {
    const person = first + index;
    const staffId = staffIdOf(person);
    return {
      membership: {
        staffId,
        unitId,
        shard: 0,
        position: 'Perawat Ahli Muda',
        jobGroup: jobGroupOf(person),
        assessorId: null,
        from: '2025-01-01',
        to: null,
        homes: {},
        servesFrom: '2025-01-01',
        absences: [],
      },
      ...workOfPerson(person),
      assessorRating: null,
      basis: null,
      carried: null,
      verdict: null,
    };
  });
  const agreement = planOf({ kind: 'UNIT', unitId });
  return {
    persons,
    ratingsElsewhere: [],
    agreements: new Map([
      [unitId, { plan: agreement, realisations: realisationsOf(agreement.id, first), assessment: null }],
    ]),
  };
}

/** In a process of its own with little memory, which shows what it needs. */
export async function runPureClose(staff: number): Promise<PureClose> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    `--max-old-space-size=${MOST_MEBIBYTES}`,
    import.meta.filename,
    String(staff),
  ]);
  const measured: PureClose = JSON.parse(stdout);
  return measured;
}

/** Of JavaScript's heap; the program and V8's own come on top. */
const MOST_MEBIBYTES = 256;

// As a program of its own, so that its memory is nobody else's: node test/bench/pure-close.ts STAFF
const [, program = '', count] = process.argv;
if (import.meta.filename === program) {
  measurePureClose(WARMING_UP);
  console.log(JSON.stringify(measurePureClose(Number(count))));
}
