import type { Result } from '../../domain/evaluation/result.ts';
import type { FollowUp } from '../../domain/follow-up/follow-up.ts';
import { type FollowUpRule, groundsOf, lookBackOf, type RuleInputs } from '../../domain/follow-up/rules.ts';
import { periodsBefore } from '../../domain/indicator-review/findings.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import { Rejection } from '../../domain/problem.ts';
import { shardsOf } from '../close/shard-list.ts';
import type { Deps } from '../deps.ts';

type Needs = Pick<Deps, 'store' | 'now'>;

/** A proposal takes two items; DynamoDB takes a hundred. */
const PROPOSALS_A_TRANSACTION = 45;

/**
 * Proposes what the policy's rules ask for after a period has become final, for everybody with a result in it. May be called
 * again, after it was killed half-way too: what has been proposed is there under the rule's name, decided on or not, and stays.
 */
export async function proposeAfterPeriod(deps: Needs, period: Period): Promise<void> {
  const { policy, publishedRun: run, kind } = period;
  const rules = (policy?.rules.followUp ?? []).filter(({ periods }) => periods.includes(kind));
  if (run === null || rules.length === 0) return;
  const [organisation, earlier] = await Promise.all([
    deps.store.organisation.load(),
    earlierRuns(deps, period, lookBackOf(rules)),
  ]);
  const proposed = new Set<string>();
  for (const results of await membersOf(deps, organisation, period, run)) {
    // A transfer leaves a person on two rosters.
    const fresh = results.filter(({ staffId }) => !proposed.has(staffId));
    for (const { staffId } of fresh) proposed.add(staffId);
    await save(deps, period, await proposalsFor(deps, { period, rules, earlier }, fresh));
  }
  await deps.store.notices.put({
    kind: 'FOLLOW_UP_PROPOSED',
    to: [{ kind: 'ROLE', role: 'HR_ADMIN' }],
    refs: { periodId: period.id },
    at: period.finalAt ?? deps.now(),
  });
}

/** The runs in force of the periods of the kind just before, the latest first; null: none is published. */
async function earlierRuns({ store }: Needs, period: Period, count: number) {
  if (count === 0) return [];
  const known = new Map((await store.periods.list()).map(({ id, publishedRun }) => [id, publishedRun]));
  return periodsBefore(period, count).map((periodId) => {
    const run = known.get(periodId) ?? null;
    return run === null ? null : { periodId, run };
  });
}

/** Results of everybody on a roster during the period, shard by shard. */
async function membersOf(
  { store }: Needs,
  organisation: Organisation,
  period: Period,
  run: string,
): Promise<readonly (readonly Result[])[]> {
  const found: Result[][] = [];
  for (const shard of shardsOf(organisation)) {
    const stays = (await store.staff.roster(shard)).filter(
      ({ from, to }) => from <= period.end && (to === null || to >= period.start),
    );
    const ids = [...new Set(stays.map(({ staffId }) => staffId))];
    const results = await store.results.getMany(
      ids.map((staffId) => ({ periodId: period.id, run, staffId })),
    );
    found.push(results.flatMap((result) => result ?? []));
  }
  return found;
}

interface Asked {
  readonly period: Period;
  readonly rules: readonly FollowUpRule[];
  readonly earlier: readonly ({ readonly periodId: string; readonly run: string } | null)[];
}

async function proposalsFor(
  { store }: Needs,
  { period, rules, earlier }: Asked,
  results: readonly Result[],
): Promise<readonly FollowUp[]> {
  const keys = earlier.flatMap((of) =>
    of === null ? [] : results.map(({ staffId }) => ({ ...of, staffId })),
  );
  const before = new Map(
    (await store.results.getMany(keys)).flatMap((result) =>
      result === null ? [] : [[`${result.periodId} ${result.staffId}`, result] as const],
    ),
  );
  const proposals: FollowUp[] = [];
  for (const result of results) {
    const { staffId, unitId } = result;
    const inputs: RuleInputs = {
      kind: period.kind,
      result,
      before: earlier.map((of) => (of === null ? null : (before.get(`${of.periodId} ${staffId}`) ?? null))),
      ended: [],
    };
    const looksBack = rules.some(
      (rule) => rule.after !== null && groundsOf({ ...rule, after: null }, inputs),
    );
    const ended = looksBack ? await endedOf({ store }, staffId) : [];
    for (const rule of rules) {
      const grounds = groundsOf(rule, { ...inputs, ended });
      if (grounds === null) continue;
      proposals.push({
        id: rule.id,
        periodId: period.id,
        staffId,
        unitId,
        measure: rule.measure,
        grounds,
        proposal: null,
        state: 'PROPOSED',
        decision: null,
        end: null,
        version: 0,
      });
    }
  }
  return proposals;
}

async function endedOf({ store }: Pick<Deps, 'store'>, staffId: string): Promise<RuleInputs['ended']> {
  const all = await store.followUps.allOfStaff(staffId);
  return all.flatMap(({ measure, end }) => (end === null ? [] : [{ measure, outcome: end.outcome }]));
}

/** Those that are not there yet. */
async function save(deps: Needs, period: Period, proposals: readonly FollowUp[]): Promise<void> {
  const known = await deps.store.followUps.getMany(proposals);
  const fresh = proposals.filter((_, at) => known[at] === null);
  for (let at = 0; at < fresh.length; at += PROPOSALS_A_TRANSACTION) {
    const together = fresh.slice(at, at + PROPOSALS_A_TRANSACTION);
    try {
      await deps.store.commit(
        {
          actor: { id: 'system', role: 'SYSTEM' },
          at: deps.now(),
          operation: 'proposeAfterPeriod',
          reason: null,
          idempotency: null,
        },
        together.map((followUp) => deps.store.followUps.save(null, followUp)),
      );
    } catch (error) {
      // Another call was first with some of them: look again at what is left.
      if (!(error instanceof Rejection) || error.problems.every(({ code }) => code !== 'ALREADY_EXISTS'))
        throw error;
      return save(deps, period, proposals);
    }
  }
}
