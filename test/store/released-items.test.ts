/** What every release has written is read by today's codecs; what a later one adds is read past. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { canonicalJson } from '../../functions/domain/canonical-json.ts';
import { pack, readBody, unpack } from '../../functions/store/codec.ts';
import * as activity from '../../functions/store/schemas/activity.ts';
import { attendance } from '../../functions/store/schemas/attendance.ts';
import { carryover } from '../../functions/store/schemas/carryover.ts';
import { planLink } from '../../functions/store/schemas/cascade.ts';
import { planComment } from '../../functions/store/schemas/discussion.ts';
import * as feedback from '../../functions/store/schemas/feedback.ts';
import { followUp } from '../../functions/store/schemas/follow-up.ts';
import type { Shape } from '../../functions/store/schemas/forms.ts';
import * as forum from '../../functions/store/schemas/forum.ts';
import * as review from '../../functions/store/schemas/indicator-review.ts';
import { job } from '../../functions/store/schemas/job.ts';
import { jointActivity } from '../../functions/store/schemas/joint-activity.ts';
import * as notice from '../../functions/store/schemas/notice.ts';
import * as objection from '../../functions/store/schemas/objection.ts';
import * as peers from '../../functions/store/schemas/peers.ts';
import * as preparation from '../../functions/store/schemas/plan-preparation.ts';
import * as progress from '../../functions/store/schemas/progress.ts';
import * as survey from '../../functions/store/schemas/satisfaction.ts';
import * as training from '../../functions/store/schemas/training.ts';
import { unitAssessment } from '../../functions/store/schemas/unit-assessment.ts';
import * as schemas from '../../functions/store/schemas.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { itemKinds } from '../release/item-kinds.ts';
import { type Item, releases } from '../release/stored-items.ts';

/** By the beginning of the keys, the shape of `body`. An item without a line here has no body. */
const bodies: readonly (readonly [keys: RegExp, schema: Shape<object>])[] = [
  [/^ORG \/ UNIT#/, schemas.unit],
  [/^STAFF#.* \/ STAFF/, schemas.staff],
  [/^STAFF#.* \/ RESULT#/, schemas.result],
  [/^ROSTER#.*#\d+ \/ /, schemas.membership],
  [/^GOAL#.* \/ GOAL/, schemas.goal],
  [/ \/ SERVED#/, planLink],
  [/^INDICATOR#.* \/ INDICATOR/, schemas.indicator],
  [/^INDICATOR#.* \/ DEFINITION#/, schemas.indicatorDefinition],
  [/^INDICATOR#.* \/ FIGURES#/, review.indicatorFigures],
  [/^INDICATOR#.* \/ DECISION#/, review.reviewDecision],
  [/^REVIEW#/, review.indicatorReview],
  [/^WORK#.* \/ PLAN#/, schemas.plan],
  [/^WORK#.* \/ REAL#/, schemas.realisation],
  [/^WORK#.* \/ RATE#/, schemas.rating],
  [/^WORK#.* \/ SET#/, schemas.assessorRating],
  [/^WORK#.* \/ UNITSET#/, unitAssessment],
  [/^WORK#.* \/ CARRY#/, carryover],
  [/^WORK#.* \/ ACT#/, activity.activity],
  [/^WORK#.* \/ PANEL#/, peers.peerPanel],
  [/^WORK#.* \/ DECLINE#/, peers.ratingDecline],
  [/^WORK#.* \/ VERDICT#/, objection.verdict],
  [/^PLAN#.* \/ REVISION#/, schemas.planContent],
  [/^PLAN#.* \/ POST#/, planComment],
  [/^PLAN#.* \/ DRAFT#/, preparation.planDraft],
  [/^PLAN_TEMPLATE#/, preparation.planTemplate],
  [/^INSTRUMENTS \/ /, schemas.instrument],
  [/^RETIRED_INSTRUMENTS \/ /, () => z.object({ id: z.string() })],
  [/^RANK#/, schemas.rankingEntries],
  [/^PROGRESSOF#/, progress.peopleProgress],
  [/^UPLOAD#/, activity.evidenceTicket],
  [/^SURVEY#.* \/ CAMPAIGN/, survey.campaign],
  [/^SURVEY#.* \/ SUGGESTION#/, survey.suggestion],
  [/^ANSWERS#/, survey.surveyAnswer],
  [/^CODEBATCH#/, survey.codeBatch],
  [/^CODE#/, survey.codePurpose],
  [/^FOLLOWUP#/, followUp],
  [/^COURSES \/ /, training.course],
  [/^PROGRAMME#.* \/ PROGRAMME/, training.programme],
  [/^PROGRAMME#.* \/ ENROLMENT#/, training.enrolment],
  [/^CAREER#/, training.careerPlan],
  [/^ATTENDANCE#/, attendance],
  [/^PERIODS \/ /, schemas.period],
  [/^POLICIES \/ /, schemas.policy],
  [/^UNITRESULT#/, schemas.unitResult],
  [/^OBJECTION#/, objection.objection],
  [/^RECEIPTS#/, objection.receipt],
  [/^FEEDBACK#/, feedback.feedback],
  [/^GUIDANCE#/, feedback.guidanceNote],
  [/^JOINT#/, jointActivity],
  [/^TOPIC#.* \/ TOPIC/, forum.topic],
  [/^TOPIC#.* \/ POST#/, forum.post],
  [/^ANNOUNCEMENT#.* \/ ANNOUNCEMENT/, forum.announcement],
  [/^ANNOUNCEMENT#.* \/ ACK#/, forum.acknowledgement],
  [/^PROGRESS#/, progress.unitProgress],
  [/^JOB#/, job],
  [/ \/ NOTICE#/, notice.notice],
  [/^INBOX#.* \/ PREFERENCES/, notice.noticePreferences],
];
const schemaOf = ({ pk, sk, shift }: Item): Shape<object> | undefined =>
  // Release 0.1.0 kept of whom a correction changed the place alone only that.
  shift === true ? schemas.placesLeftWithResult : bodies.find(([keys]) => keys.test(`${pk} / ${sk}`))?.[1];
const withBody = (items: readonly Item[]): readonly Item[] => items.filter(({ body }) => body !== undefined);
const read = (item: Item): object => {
  const body = readBody('of a release', schemaOf(item) ?? schemas.unit, item['body']);
  // Release 0.1.0 kept places with the result; whoever reads it asks for them apart.
  return schemaOf(item) === schemas.result
    ? { ...body, ...readBody('of a release', schemas.placesLeftWithResult, item['body']) }
    : body;
};

describe.each(releases)('what $version wrote', ({ version, items, open, published }) => {
  test('has an item of every kind that there was', () => {
    if (version !== packageJson.version) return;
    const missing = itemKinds.filter(({ fits }) => !items.some(fits)).map(({ kind }) => kind);
    expect(missing, 'new kinds: npm run release:record').toEqual([]);
  });

  test('is read by today’s codecs', () => {
    const all = [...withBody(items), ...withBody(open), ...withBody(published)];
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((item) => schemaOf(item) === undefined).map(({ pk, sk }) => `${pk} / ${sk}`)).toEqual(
      [],
    );
    for (const item of all) expect(() => read(item), `${item['pk']} / ${item['sk']}`).not.toThrow();
  });

  test('keeps all that it says when it is written again', () => {
    const textOf = (body: unknown): string =>
      typeof body === 'string' || body instanceof Uint8Array ? unpack(body) : '';
    for (const item of withBody(items)) {
      const said: unknown = JSON.parse(textOf(item['body']));
      // What has been added since has its default, so more may be said, never less.
      expect(read(item), `${item['pk']} / ${item['sk']}`).toMatchObject(said instanceof Object ? said : {});
    }
  });

  test('is read the same when a later release has added to it', () => {
    for (const item of withBody(items)) {
      const body = item['body'];
      if (typeof body !== 'string' && !(body instanceof Uint8Array))
        throw new Error('a body of another type');
      const more = { addedLater: { by: ['a later release'] } };
      const said: unknown = JSON.parse(unpack(body));
      // Of a list, each entry is added to.
      const later = canonicalJson(
        Array.isArray(said) ? said.map((each) => ({ ...each, ...more })) : { ...Object(said), ...more },
      );
      expect(read({ ...item, body: pack(later), attributeAddedLater: 1 })).toEqual(read(item));
    }
  });
});
