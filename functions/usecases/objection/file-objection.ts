import type { Actor } from '../../domain/access-policy.ts';
import type { Result } from '../../domain/evaluation/result.ts';
import type { NewNotice } from '../../domain/notice/notice.ts';
import { localDay, workingDaysAfter } from '../../domain/objection/deadlines.ts';
import {
  OBJECTION_LIMITS,
  type Objection,
  type ObjectionPoint,
  objectionIdOf,
} from '../../domain/objection/objection.ts';
import { assignmentOn, type Staff, superiorOf } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, type InputCheck } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { regionToday } from '../region-clock.ts';
import { findDecider, serves } from './deciders.ts';
import { deliveryOf } from './delivery.ts';
import { answerObjection } from './objection-subject.ts';

export interface FileObjection {
  /** Left out: the actor. */
  readonly staffId?: string | null | undefined;
  readonly periodId: string;
  readonly reasons: string;
  readonly points?:
    | readonly {
        readonly lineId?: string | null | undefined;
        readonly value?: string | null | undefined;
        readonly text: string;
      }[]
    | null
    | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * A staff member objects to their published result (art. 29; annex, objections, 1 and 2): with reasons, within the working days of
 * the policy from the receipt of the document, by the region's calendar and to the end of the last local day. The assessor is
 * asked to explain, and the assessor's superior to decide. For somebody who serves no more the personnel office may file it.
 * @throws Rejection with all problems of the input; NOT_FOUND without a result, WRONG_STATE while the period is not
 * published, RESULT_FINAL for what the annex calls final, OBJECTION_TOO_LATE, ALREADY_EXISTS, FORBIDDEN
 */
export const fileObjection = (deps: Deps, actor: Actor, input: FileObjection): Promise<Stored<Objection>> =>
  perform(
    deps,
    { actor, operation: 'fileObjection', input },
    async () => {
      const staffId = input.staffId ?? actor.staffId ?? '';
      const staff = await deps.store.staff.get(staffId);
      if (staff === null) throw reject('NOT_FOUND', 'staffId', { id: staffId });
      return { staff, filedBy: await filerOf(deps, actor, staff) };
    },
    async ({ staff, filedBy }) => {
      const { store } = deps;
      const { periodId } = input;
      const period = await store.periods.get(periodId);
      if (period === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
      if (period.state !== 'PUBLISHED' || period.publishedRun === null) {
        throw reject('WRONG_STATE', 'periodId', { period: periodId, state: period.state });
      }
      const result = await store.results.get(periodId, period.publishedRun, staff.id);
      if (result === null) throw reject('NOT_FOUND', 'periodId', { id: periodId });
      const { policy, lastDayToObject } = await deliveryOf(deps, period, result);
      if (lastDayToObject === null) throw reject('RESULT_FINAL', 'periodId');
      const id = objectionIdOf(periodId, period.attempt, staff.id);
      if ((await store.objections.get(id)) !== null) throw reject('ALREADY_EXISTS', '', { id });

      const check = checkInput();
      const reasons = check.text('reasons', input.reasons, OBJECTION_LIMITS.text);
      const points = checkPoints(input.points ?? [], result, check);
      const at = deps.now();
      const today = localDay(at, policy);
      if (today > lastDayToObject) check.add('OBJECTION_TOO_LATE', '', { date: lastDayToObject });
      check.done();

      const organisation = await store.organisation.load();
      // Who evaluated for an assessor who had left is heard, and does not decide.
      const { assessorId, assessedInUnitId } =
        result.assessor?.as === 'FOR_FORMER_ASSESSOR'
          ? superiorOf(organisation, staff.id, result, period.end)
          : result;
      const disputed = { staffId: staff.id, assessorId, assessedInUnitId, ratedOn: period.end };
      const [deciderId, assessorServes] = await Promise.all([
        findDecider(store, organisation, disputed, today),
        assessorId === null ? false : serves(store, assessorId, today),
      ]);
      const { explainWithin, decideWithin } = policy.rules.objection;
      const objection: Objection = {
        id,
        periodId,
        attempt: period.attempt,
        staffId: staff.id,
        run: result.run,
        unitId: result.unitId,
        state: 'FILED',
        filedAt: at,
        filedBy,
        reasons,
        points,
        assessorId,
        assessedInUnitId,
        explainBy: assessorServes ? workingDaysAfter(today, explainWithin, policy) : null,
        deciderId,
        decideBy: workingDaysAfter(today, decideWithin, policy),
        remindedOf: null,
        statements: [],
        escalations: [],
        decision: null,
        version: 0,
      };
      return {
        as: filedBy,
        ref: id,
        writes: [store.objections.save(null, objection), ...notify(deps, ...noticesOf(objection))],
      };
    },
    answerObjection(deps, actor),
  );

/** The person; for somebody who serves no more, whose account may be gone, the personnel office. @throws Rejection FORBIDDEN */
async function filerOf(deps: Deps, actor: Actor, staff: Staff): Promise<'SELF' | 'HR_ADMIN'> {
  const as = await authorise(deps, actor, 'Mutation.fileObjection', { staff });
  if (actor.staffId === staff.id) return 'SELF';
  if (as !== 'HR_ADMIN' || assignmentOn(staff, await regionToday(deps)) !== null) throw reject('FORBIDDEN');
  return 'HR_ADMIN';
}

const VALUES: readonly string[] = CORE_VALUES;

function checkPoints(
  points: NonNullable<FileObjection['points']>,
  { workResult }: Result,
  check: InputCheck,
): ObjectionPoint[] {
  if (points.length > OBJECTION_LIMITS.points) {
    check.add('TOO_MANY', 'points', { maximum: OBJECTION_LIMITS.points });
    return [];
  }
  return points.flatMap(({ lineId = null, value = null, text: said }, at): ObjectionPoint[] => {
    const path = `points.${at}`;
    const text = check.text(`${path}.text`, said, OBJECTION_LIMITS.point);
    if (lineId !== null && value !== null) check.add('ONE_OF', `${path}.value`, { options: 'lineId, value' });
    else if (lineId !== null) {
      if (workResult.lines.some((line) => line.lineId === lineId)) return [{ lineId, valueId: null, text }];
      check.add('NOT_FOUND', `${path}.lineId`, { id: lineId });
    } else if (value !== null && VALUES.includes(value)) return [{ lineId: null, valueId: value, text }];
    else check.add('REQUIRED', `${path}.lineId`);
    return [];
  });
}

const noticesOf = ({ id, periodId, staffId, assessorId, explainBy, deciderId }: Objection): NewNotice[] => {
  const refs = { periodId, staffId, subjectId: id };
  return [
    {
      kind: 'OBJECTION_FILED',
      to: deciderId === null ? [{ kind: 'ROLE', role: 'HR_ADMIN' }] : person(deciderId),
      refs,
    },
    { kind: 'OBJECTION_STATEMENT_ASKED', to: explainBy === null ? [] : person(assessorId), refs },
  ];
};
