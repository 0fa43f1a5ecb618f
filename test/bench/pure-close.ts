import { mergeRankings, type ScoredStaff } from '../../functions/domain/evaluation/ranking.ts';
import type { Period } from '../../functions/domain/period/period.ts';
import { planIdOf } from '../../functions/domain/plan/plan.ts';
import { evaluateInputs, type ShardWork } from '../../functions/usecases/close/evaluate-shard.ts';
import type { ShardInputs } from '../../functions/usecases/close/shard-inputs.ts';
import {
  CLOSES_AT,
  INSTRUMENTS,
  jobGroupOf,
  PERIOD_ID,
  POLICY,
  planOf,
  ratingsOf,
  realisationsOf,
  staffIdOf,
  unitIdOf,
} from './bulk-region.ts';

export interface PureClose {
  readonly staff: number;
  /** Microseconds a person: evaluating everybody twice, as the two passes do, and ranking them in three scopes. */
  readonly evaluateTwice: number;
  readonly rank: number;
}

const STAFF_A_SHARD = 1_000;

const PERIOD: Period & { readonly run: string; readonly policy: typeof POLICY; readonly auditHash: string } =
  {
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

/** The close without its table: inputs are made outside of the clock, a shard at a time. */
export function measurePureClose(staff: number): PureClose {
  let evaluating = 0;
  const scored: ScoredStaff[][] = [];
  for (let first = 0; first < staff; first += STAFF_A_SHARD) {
    const unitId = unitIdOf(first / STAFF_A_SHARD);
    const inputs = inputsOf(unitId, first, Math.min(staff, first + STAFF_A_SHARD));
    const work = workOf(unitId, first);
    const from = performance.now();
    evaluateInputs(inputs, work);
    const { evaluations } = evaluateInputs(inputs, work);
    evaluating += performance.now() - from;
    scored.push(
      evaluations.flatMap(({ staffId, jobGroup, score }) =>
        score === null ? [] : [{ staffId, unitId, jobGroup, score }],
      ),
    );
  }
  const from = performance.now();
  const rankings = mergeRankings(scored);
  for (const shard of scored) for (const person of shard) rankings.ranksOf(person);
  let entries = 0;
  for (const scope of rankings.scopes) for (const page of scope.pages(300)) entries += page.entries.length;
  const ranking = performance.now() - from;
  if (entries !== 3 * rankings.total) throw new Error('somebody is missing in a ranking');
  return { staff, evaluateTwice: (evaluating * 1000) / staff, rank: (ranking * 1000) / staff };
}

const workOf = (unitId: string, first: number): ShardWork => ({
  period: PERIOD,
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
          heads: [{ staffId: staffIdOf(first), from: '2025-01-01', to: null }],
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

function inputsOf(unitId: string, first: number, end: number): ShardInputs {
  const persons = Array.from({ length: end - first }, (_, index) => {
    const person = first + index;
    const staffId = staffIdOf(person);
    const owner = { kind: 'STAFF', staffId } as const;
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
      plan: planOf(owner),
      realisations: realisationsOf(planIdOf(owner, 2026), person),
      ratings: ratingsOf(person, staffIdOf(first)),
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
