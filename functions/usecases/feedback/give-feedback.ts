import type { Actor, Operation } from '../../domain/access-policy.ts';
import { checkUnnamed, type Feedback, feedbackIdOf } from '../../domain/feedback/feedback.ts';
import { childrenOf, headOn } from '../../domain/organisation/organisation.ts';
import { assessorOfStaffOn, assignmentOn, type Staff } from '../../domain/organisation/staff.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { groupsOfRater } from '../../domain/rating/rating.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { partyOn } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import {
  checkFeedbackText,
  type FeedbackInput,
  readTopic,
  requireFeedback,
  requireRecipient,
  timelessToken,
} from './feedback-change.ts';

export interface GiveFeedbackInput extends FeedbackInput {
  /** Left out: a leader's is signed, a colleague's is not. */
  readonly signed?: boolean | null | undefined;
  readonly progress?: boolean | null | undefined;
}

const OPERATION: Operation = 'Mutation.giveFeedback';

/**
 * A leader, peer or subordinate tells a person how their work is seen, on a line or a value (art. 17 to 19). A leader signs. A
 * colleague need not; then no reader learns who wrote it, and it is refused where too few could have.
 * @throws Rejection with all of NOT_FOUND, REQUIRED, TOO_LONG, TOO_FEW_COLLEAGUES; FORBIDDEN for strangers and oneself
 */
export const giveFeedback = (deps: Deps, actor: Actor, input: GiveFeedbackInput): Promise<Stored<Feedback>> =>
  perform(
    deps,
    { actor, operation: 'giveFeedback', input },
    async () => {
      const staff = await requireRecipient(deps, input.staffId);
      return { staff, as: await authorise(deps, actor, OPERATION, { staff }) };
    },
    async ({ staff, as }) => {
      const isColleague = as === 'PEER' || as === 'SUBORDINATE';
      const signed = isColleague ? (input.signed ?? false) : true;
      const check = checkInput();
      const today = await regionToday(deps);
      if (isColleague && input.progress != null) check.add('FORBIDDEN', 'progress');
      if (!isColleague && input.signed === false) check.add('FORBIDDEN', 'signed');
      const text = checkFeedbackText(input, check);
      const topic = await readTopic(deps, input, check);
      if (!signed) {
        const { minimumRaters } = policyOn(await deps.store.policies.list(), today).rules;
        check.addAll(checkUnnamed(await colleaguesOf(deps, staff, minimumRaters), minimumRaters));
      }
      check.done();
      if (topic === null) throw new TypeError('a topic that is neither read nor refused');
      const feedback: Feedback = {
        id: feedbackIdOf(staff.id, today, timelessToken(deps)),
        staffId: staff.id,
        source: isColleague ? 'COLLEAGUE' : 'LEADER',
        authorId: actor.staffId ?? actor.id,
        signed,
        form: input.form ?? 'INCIDENTAL',
        topic,
        progress: input.progress ?? null,
        text,
        origin: null,
        givenOn: today,
        answer: null,
        version: 0,
      };
      // Of what nobody signed, the hour would tell who wrote it: it is found when the person looks.
      const told = signed
        ? notify(deps, { kind: 'FEEDBACK_GIVEN', to: person(staff.id), refs: { subjectId: feedback.id } })
        : [];
      return { as, ref: feedback.id, writes: [deps.store.feedback.save(null, feedback), ...told] };
    },
    (id) => requireFeedback(deps, id),
  );

/** People looked at until enough colleagues are found: one page of a unit. */
const LOOKED_AT = 100;

/**
 * How many could have written to a person as a peer or subordinate: staff of the person's unit and of the assessor's, and the
 * heads of the units below; counted up to `enough`. Two pages and one batch read.
 */
async function colleaguesOf(deps: Deps, staff: Staff, enough: number): Promise<number> {
  const [organisation, today] = await Promise.all([deps.store.organisation.load(), regionToday(deps)]);
  const ratee = partyOn(organisation, staff, today);
  const unitId = assignmentOn(staff, today)?.unitId;
  if (ratee === null || unitId === undefined) return 0;
  const { assessedInUnitId } = assessorOfStaffOn(organisation, staff, today);
  const units = new Set([unitId, ...(assessedInUnitId === null ? [] : [assessedInUnitId])]);
  const heads = [...units]
    .flatMap((id) => childrenOf(organisation, id))
    .flatMap((child) => headOn(child, today) ?? [])
    .slice(0, LOOKED_AT);
  const [pages, headed] = await Promise.all([
    Promise.all(
      [...units].map((id) => deps.store.staff.ofUnit(id, { first: LOOKED_AT, after: null }, today)),
    ),
    deps.store.staff.getMany(heads),
  ]);
  const people = new Map(
    [...pages.flatMap(({ items }) => items.map(({ value }) => value)), ...headed].flatMap((each) =>
      each === null ? [] : [[each.id, each]],
    ),
  );
  let colleagues = 0;
  for (const each of people.values()) {
    const rater = partyOn(organisation, each, today);
    const groups = rater === null ? [] : groupsOfRater(rater, ratee);
    if (groups.includes('PEER') || groups.includes('SUBORDINATE')) colleagues += 1;
    if (colleagues >= enough) break;
  }
  return colleagues;
}
