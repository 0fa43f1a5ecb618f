import type { Actor } from '../../domain/access-policy.ts';
import { policyOn } from '../../domain/period/policy.ts';
import { type Problem, reject, rejectIf } from '../../domain/problem.ts';
import type { Instrument } from '../../domain/rating/rating.ts';
import type { ContactPurpose } from '../../domain/satisfaction/single-use-code.ts';
import { checkText, tidy } from '../../domain/text.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { randomDigits } from '../new-id.ts';
import { findInstrument } from '../rating/find-instrument.ts';
import { namesForWriting } from '../rating/rater-pseudonym.ts';
import { checkTakesRatings } from '../rating/rating-day.ts';
import { dayKept, ratingGiven } from '../rating/rating-write.ts';
import { LONGEST_COMMENT, type SubmitRatingInput, scoresInOrder } from '../rating/submit-rating.ts';
import { regionToday } from '../region-clock.ts';
import { staffAddress } from '../work-address.ts';
import { hashOfTypedContact } from './single-use-codes.ts';

export interface RateContact {
  readonly code: string;
  readonly scores: SubmitRatingInput['scores'];
  readonly comment?: string | null | undefined;
}

/** 130 bits: no two people served ever share a pseudonym. */
const ID_DIGITS = 26;

/**
 * Somebody who was served rates the staff member whom their code is for, as one of PUBLIC under a random name. The code says
 * whom, in which period and on what; it is used up with the rating. Once its instrument is retired it is good for nothing.
 * @throws Rejection INVALID_CODE; all of PERIOD_CLOSED, YEAR_FROM_PERIODS, ITEMS_INCOMPLETE, DUPLICATE, OUT_OF_RANGE, NOT_FOUND, TOO_LONG,
 * INVALID_FORMAT
 */
export async function rateContact(deps: Deps, actor: Actor, input: RateContact): Promise<Instrument> {
  await authorise(deps, actor, 'Mutation.rateContact');
  const { store } = deps;
  const purpose = await purposeOf(deps, input.code);
  const { staffId: rateeId, periodId } = purpose;
  const [period, ratee, instrument, today, policies] = await Promise.all([
    store.periods.get(periodId),
    store.staff.get(rateeId),
    findInForce(deps, purpose),
    regionToday(deps),
    store.policies.list(),
  ]);
  if (instrument === null) throw reject('INVALID_CODE', 'code');
  const problems: Problem[] = await checkTakesRatings(deps, period, periodId, 'code');
  const scores = scoresInOrder(instrument, input.scores, problems);
  problems.push(...checkText(input.comment ?? '', 'comment', LONGEST_COMMENT, 'TEXT', null));
  rejectIf(problems);
  const address = ratee && period && staffAddress(ratee, period.year);
  if (period === null || address === null) throw reject('INVALID_CODE', 'code');

  const nameRater = await namesForWriting(deps, periodId);
  const key = {
    periodId,
    rateeId,
    group: 'PUBLIC',
    raterId: nameRater('PUBLIC', randomDigits(ID_DIGITS)),
  } as const;
  const content = {
    instrumentId: instrument.id,
    instrumentVersion: instrument.version,
    scores,
    comment: tidy(input.comment ?? '') || null,
  };
  const now = deps.now();
  const rating = ratingGiven(period, key, content, null, {
    source: 'RATER',
    ratedAt: dayKept(now, policyOn(policies, today).rules.utcOffsetMinutes),
  });
  await store.commit(
    {
      actor: { id: actor.id, role: 'PUBLIC' },
      at: now,
      operation: 'rateContact',
      reason: null,
      idempotency: null,
    },
    [
      store.ratings.save(address, null, rating),
      store.satisfaction.redeem(hashOfTypedContact(input.code), purpose),
    ],
  );
  return instrument;
}

/**
 * What is asked of somebody with such a code, as long as an answer would be taken.
 * @throws Rejection INVALID_CODE, also once it was used; PERIOD_CLOSED, YEAR_FROM_PERIODS
 */
export async function readContactForm(deps: Deps, code: string): Promise<Instrument> {
  const purpose = await purposeOf(deps, code);
  const [instrument, period] = await Promise.all([
    findInForce(deps, purpose),
    deps.store.periods.get(purpose.periodId),
  ]);
  if (instrument === null) throw reject('INVALID_CODE', 'code');
  rejectIf(await checkTakesRatings(deps, period, purpose.periodId, 'code'));
  return instrument;
}

/** What a code was issued for, unless nobody rates by it any more. */
async function findInForce(
  deps: Deps,
  { instrumentId, instrumentVersion }: ContactPurpose,
): Promise<Instrument | null> {
  const [instrument, retired] = await Promise.all([
    findInstrument(deps, instrumentId, instrumentVersion),
    deps.store.instruments.retired(),
  ]);
  return retired.has(instrumentId) ? null : instrument;
}

async function purposeOf({ store }: Deps, code: string): Promise<ContactPurpose> {
  const purpose = await store.satisfaction.contactOf(hashOfTypedContact(code));
  if (purpose === null) throw reject('INVALID_CODE', 'code');
  return purpose;
}
