import type { AuditActor } from '../../domain/audit.ts';
import type { Audience, NewNotice } from '../../domain/notice/notice.ts';
import { localDay, workingDaysAfter } from '../../domain/objection/deadlines.ts';
import {
  awaitsExplanation,
  decidersSoFar,
  type EscalationCause,
  handOn,
  isOpen,
  isReminderDue,
  noteOverdue,
  type Objection,
  objectionIdOf,
  supersede,
} from '../../domain/objection/objection.ts';
import type { Organisation } from '../../domain/organisation/organisation.ts';
import type { Period } from '../../domain/period/period.ts';
import { runOf } from '../../domain/period/run.ts';
import { Rejection } from '../../domain/problem.ts';
import type { Instant } from '../../domain/time.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { policyOfRun } from '../result/policy-of-run.ts';
import { findDecider, serves } from './deciders.ts';

type ScheduledDeps = Pick<Deps, 'store' | 'now'>;

const SYSTEM: AuditActor = { id: 'system', role: 'SYSTEM' };

/**
 * What time asks of the open objections to a period: an explanation that is overdue is noted, so that the decision need not
 * wait for it; a decider who has left or lets the deadline pass is followed by the next one of the hierarchy, and the last of
 * them by the personnel office. Who decides is reminded once, on the day before the last. Objections to results that a reopening has taken back are closed.
 *
 * Who is open is read from the period's register, which is never behind. Repeatable: what is done is not done again, and an
 * objection that somebody else changes at the same moment is left to the next hour. One that fails holds back no other.
 * @returns whether anything changed
 * @throws what the first that failed came to, after the others
 */
export async function escalateObjections(deps: ScheduledDeps, period: Period): Promise<boolean> {
  const superseded = await supersedeEarlier(deps, period);
  if (period.state !== 'PUBLISHED') return superseded;
  const open = await openObjections(deps, period, period.attempt);
  if (open.length === 0) return superseded;
  const policy = await policyOfRun(deps.store, period, runOf(period.attempt));
  if (policy === null) throw new Error(`${period.id} has no policy`);
  const organisation = await deps.store.organisation.load();
  const changed = await eachAlone(open, async (objection) => {
    const at = deps.now();
    const today = localDay(at, policy);
    const next = await escalated(deps, organisation, period, objection, {
      at,
      today,
      decideBy: workingDaysAfter(today, policy.rules.objection.decideWithin, policy),
    });
    if (next !== null) return save(deps, 'escalateObjection', at, objection, next);
    if (!isReminderDue(objection, today)) return false;
    return save(deps, 'remindOfObjection', at, objection, { ...objection, remindedOf: objection.decideBy });
  });
  return changed || superseded;
}

/** @returns whether any was changed @throws what the first that failed came to, after the others */
async function eachAlone(
  objections: readonly Stored<Objection>[],
  change: (objection: Stored<Objection>) => Promise<boolean>,
): Promise<boolean> {
  let changed = false;
  const failures: unknown[] = [];
  for (const objection of objections) {
    try {
      if (await change(objection)) changed = true;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return changed;
}

async function supersedeEarlier(deps: ScheduledDeps, period: Period): Promise<boolean> {
  if (period.settled) return false;
  const earlier: Stored<Objection>[] = [];
  for (let attempt = 1; attempt < period.attempt; attempt += 1)
    earlier.push(...(await openObjections(deps, period, attempt)));
  return eachAlone(earlier, (objection) =>
    save(deps, 'supersedeObjection', deps.now(), objection, supersede(objection)),
  );
}

async function openObjections(
  { store }: ScheduledDeps,
  { id }: Period,
  attempt: number,
): Promise<readonly Stored<Objection>[]> {
  const { open } = await store.objections.register(id, attempt);
  const found = await store.objections.getMany(open.map((staffId) => objectionIdOf(id, attempt, staffId)));
  return found.flatMap((objection) => (objection !== null && isOpen(objection) ? [objection] : []));
}

interface Now {
  readonly at: Instant;
  readonly today: string;
  /** The last day to decide for whoever is asked today. */
  readonly decideBy: string;
}

/** The objection as time changes it; null: it does not. */
async function escalated(
  { store }: ScheduledDeps,
  organisation: Organisation,
  period: Period,
  objection: Objection,
  { at, today, decideBy }: Now,
): Promise<Objection | null> {
  const { deciderId: fromId, escalations } = objection;
  const left = fromId !== null && !(await serves(store, fromId, today));
  const overdue = today > objection.decideBy;
  if (left || (overdue && fromId !== null)) {
    const disputed = { ...objection, ratedOn: period.end };
    const toId = await findDecider(store, organisation, disputed, today, decidersSoFar(objection));
    const cause = overdue ? 'DECISION_OVERDUE' : 'DECIDER_LEFT';
    return handOn(objection, { cause, at, fromId, toId }, decideBy);
  }
  const isNoted = (cause: string): boolean =>
    escalations.some((one) => one.cause === cause && one.fromId === one.toId);
  if (overdue && !isNoted('DECISION_OVERDUE')) return noteOverdue(objection, 'DECISION_OVERDUE', at);
  const unexplained = awaitsExplanation(objection) && today > (objection.explainBy ?? today);
  return unexplained && !isNoted('EXPLANATION_OVERDUE')
    ? noteOverdue(objection, 'EXPLANATION_OVERDUE', at)
    : null;
}

/** As what those who have to act hear of it. */
const NOTICE_OF = {
  EXPLANATION_OVERDUE: 'OBJECTION_STATEMENT_ASKED',
  DECISION_OVERDUE: 'OBJECTION_OVERDUE',
  DECIDER_LEFT: 'OBJECTION_FILED',
} as const satisfies Readonly<Record<EscalationCause, NewNotice['kind']>>;

/** Days left at most when a decider is reminded. */
const REMINDED_DAYS = 1;

/** Whoever decides hears of a near end and of what is theirs from now on, and so does whoever was asked to explain and did not. */
function noticesOf(before: Objection, after: Objection): NewNotice[] {
  const { id, periodId, staffId, assessorId, deciderId, remindedOf } = after;
  const refs = { periodId, staffId, subjectId: id };
  if (remindedOf !== null && remindedOf !== before.remindedOf) {
    return [
      {
        kind: 'OBJECTION_DUE',
        to: toDecider(deciderId),
        refs: { ...refs, days: REMINDED_DAYS },
        occasion: remindedOf,
      },
    ];
  }
  const escalation = after.escalations.at(-1);
  if (escalation === undefined || after.escalations.length === before.escalations.length) return [];
  const { cause, toId } = escalation;
  return [
    {
      kind: NOTICE_OF[cause],
      to: cause === 'EXPLANATION_OVERDUE' ? person(assessorId) : toDecider(toId),
      refs,
      occasion: after.escalations.length,
    },
  ];
}

/** Where nobody of the hierarchy decides, the personnel office does. */
const toDecider = (deciderId: string | null): readonly Audience[] =>
  deciderId === null ? [{ kind: 'ROLE', role: 'HR_ADMIN' }] : person(deciderId);

async function save(
  { store }: ScheduledDeps,
  operation: string,
  at: Instant,
  before: Stored<Objection>,
  after: Objection,
): Promise<boolean> {
  try {
    await store.commit({ actor: SYSTEM, at, operation, reason: null, idempotency: null }, [
      store.objections.save(before, after),
      ...notify({ store }, ...noticesOf(before, after)),
    ]);
    return true;
  } catch (error) {
    const lost =
      error instanceof Rejection &&
      error.problems.every(({ code }) => code === 'CONFLICT' || code === 'BUSY');
    if (!lost) throw error;
    return false;
  }
}
