import { evaluate, ratingsForFit, unitAchievement } from '../../domain/evaluation/evaluation.ts';
import { evaluationFrame } from '../../domain/evaluation/evaluation-frame.ts';
import { presenceIn } from '../../domain/evaluation/presence.ts';
import type { Evaluation, UnitAchievement } from '../../domain/evaluation/result.ts';
import { adjustRatings } from '../../domain/fairness/fairness.ts';
import { headedUnitOn } from '../../domain/organisation/organisation.ts';
import { assessorOn } from '../../domain/organisation/staff.ts';
import type { ShardScore, Store } from '../../store/store.ts';
import { findClosing } from './close-run.ts';
import type { ShardWork } from './shard-inputs.ts';
import { readShardInputs, type ShardInputs } from './shard-inputs.ts';

/** What a shard comes to. */
export interface EvaluatedShard {
  /** Of the members on the period's last day, by staff id. */
  readonly evaluations: readonly Evaluation[];
  /** Of the shard's unit; null in every shard but 0. */
  readonly achievement: UnitAchievement | null;
}

/**
 * Reads a shard and evaluates it; null when the run ended meanwhile.
 *
 * The period is looked at again after the last input was read: when it still closes under the same run, every input was read
 * while the gates were shut, and whoever evaluates the shard under this run, now or later, comes to the same bytes. A worker
 * that slept through publication and reopening finds out here, before it writes.
 */
export async function evaluateShard(store: Store, work: ShardWork): Promise<EvaluatedShard | null> {
  const inputs = await readShardInputs(store, work);
  const stillClosing = await findClosing(store, { periodId: work.period.id, run: work.period.run });
  return stillClosing && evaluateInputs(inputs, work);
}

/** What the merge needs of a person. */
export const shardScoreOf = ({
  staffId,
  jobGroup,
  score,
  predicate,
  assessedInUnitId,
}: Evaluation): ShardScore => ({ staffId, jobGroup, score, predicate, assessedInUnitId });

/** The pure part: everybody's evaluation from what was read. */
export function evaluateInputs(
  { persons, agreements, ratingsElsewhere }: ShardInputs,
  { period, organisation, collection, instruments, pseudonymOf }: ShardWork,
): EvaluatedShard {
  const frame = evaluationFrame(period.policy, period, instruments, organisation);
  const achievements = new Map(
    [...agreements].map(([unitId, { plan, realisations, assessment }]) => [
      unitId,
      unitAchievement(unitId, plan, realisations, frame, assessment),
    ]),
  );
  const assessed = persons.map((person) => ({
    ...person,
    assessor: assessorOn(organisation, person.membership, period.end),
  }));
  const { adjustments } = adjustRatings([
    ...assessed.flatMap((person) => ratingsForFit(person, frame, pseudonymOf)),
    ...ratingsElsewhere,
  ]);
  const evaluations = assessed.map(
    ({ membership, assessor, plan, realisations, ratings, assessorRating, verdict, basis, carried }) => {
      const headed = headedUnitOn(organisation, membership, period.end);
      return evaluate(
        {
          membership,
          assessor,
          headedUnit: headed && (achievements.get(headed.id) ?? null),
          plan,
          realisations,
          ratings,
          assessorRating,
          basis,
          carried,
          presence: presenceIn(
            { servesFrom: membership.servesFrom ?? membership.from, absences: membership.absences },
            period,
            frame.rules,
          ),
          verdict,
          adjustment: adjustments.get(membership.staffId) ?? null,
        },
        frame,
      );
    },
  );
  return {
    evaluations,
    achievement: collection.shard === 0 ? (achievements.get(collection.unitId) ?? null) : null,
  };
}
