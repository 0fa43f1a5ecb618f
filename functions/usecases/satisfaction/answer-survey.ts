import { randomInt } from 'node:crypto';
import type { Actor } from '../../domain/access-policy.ts';
import { type Problem, problem, Rejection, reject, rejectIf } from '../../domain/problem.ts';
import { type Campaign, phaseOf } from '../../domain/satisfaction/campaign.ts';
import { LONGEST_SUGGESTION, type Suggestion } from '../../domain/satisfaction/suggestion.ts';
import type { SurveyElement } from '../../domain/satisfaction/survey-questions.ts';
import { SURVEY_SHARDS, type SurveyAnswer, scoresInOrder } from '../../domain/satisfaction/survey-tally.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Admission } from '../../store/contract/satisfaction.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { randomDigits } from '../new-id.ts';
import { regionToday } from '../region-clock.ts';
import { hashesOfTypedSurvey } from './single-use-codes.ts';

export interface AnswerSurvey {
  readonly campaignId: string;
  readonly code?: string | null | undefined;
  readonly answers: readonly { readonly element: SurveyElement; readonly score: number }[];
  readonly suggestion?: string | null | undefined;
}

/** 130 bits: no two answers ever meet. */
const ID_DIGITS = 26;

/**
 * A citizen answers a campaign, with a code or, where the unit allows it, without one. The answer is kept without its time, under
 * a random id, apart from the suggestion; the code is used up in the same transaction and leaves nothing behind. A wrong code,
 * a used one and a void one take the same way: one read of the campaign and two transactions.
 * @throws Rejection with all of NOT_FOUND, CAMPAIGN_NOT_OPEN, CAMPAIGN_CLOSED, CODE_REQUIRED, ITEMS_INCOMPLETE, DUPLICATE,
 * OUT_OF_RANGE, TOO_LONG, INVALID_FORMAT; INVALID_CODE, RATE_LIMITED
 */
export async function answerSurvey(deps: Deps, actor: Actor, input: AnswerSurvey): Promise<Campaign> {
  await authorise(deps, actor, 'Mutation.answerSurvey');
  const [campaign, today] = await Promise.all([
    deps.store.satisfaction.get(input.campaignId),
    regionToday(deps),
  ]);
  const problems: Problem[] = [];
  if (campaign === null) problems.push(problem('NOT_FOUND', 'campaignId', { id: input.campaignId }));
  else problems.push(...whyClosed(campaign, today));
  const code = input.code?.trim() || null;
  if (code === null && campaign?.withoutCodePerHour === 0) problems.push(problem('CODE_REQUIRED', 'code'));
  const scores = scoresInOrder(input.answers, problems);
  problems.push(...checkText(input.suggestion ?? '', 'suggestion', LONGEST_SUGGESTION, 'TEXT', null));
  rejectIf(problems);
  if (campaign === null) throw reject('NOT_FOUND', 'campaignId', { id: input.campaignId });

  const answer: SurveyAnswer = {
    id: randomDigits(ID_DIGITS),
    campaignId: campaign.id,
    shard: randomInt(SURVEY_SHARDS),
    channel: code === null ? 'WITHOUT_CODE' : 'WITH_CODE',
    scores,
    version: 0,
  };
  const { satisfaction } = deps.store;
  const written = tidy(input.suggestion ?? '');
  const suggestion: Suggestion = {
    id: randomDigits(ID_DIGITS),
    campaignId: campaign.id,
    text: written,
    state: 'SUBMITTED',
    version: 0,
  };
  const commit = (admission: Admission): Promise<void> =>
    deps.store.commit(
      {
        actor: { id: actor.id, role: 'PUBLIC' },
        // Not now: the hour of an answer, beside who stood at the desk then, could name the citizen.
        at: `${campaign.opens}T00:00:00.000Z`,
        operation: 'answerSurvey',
        reason: null,
        idempotency: null,
      },
      [
        satisfaction.answer(answer, admission),
        ...(written === '' ? [] : [satisfaction.saveSuggestion(null, suggestion)]),
      ],
    );
  if (code === null)
    await commit({ kind: 'HOUR', hour: deps.now().slice(0, 13), limit: campaign.withoutCodePerHour });
  else {
    const [now, before] = hashesOfTypedSurvey(code);
    await commit({ kind: 'CODE', codeHash: now }).catch((error: unknown) => {
      if (!isInvalidCode(error)) throw error;
      return commit({ kind: 'CODE', codeHash: before });
    });
  }
  return campaign;
}

/**
 * The campaign that a code is for, as long as it was not used: the slip in a citizen's hand does not name it.
 * @throws Rejection INVALID_CODE
 */
export async function readSurveyOfCode({ store }: Deps, code: string): Promise<Campaign> {
  const found = await Promise.all(hashesOfTypedSurvey(code).map((hash) => store.satisfaction.surveyOf(hash)));
  const campaignId = found.find((id) => id !== null);
  const campaign = campaignId == null ? null : await store.satisfaction.get(campaignId);
  if (campaign === null) throw reject('INVALID_CODE', 'code');
  return campaign;
}

const isInvalidCode = (error: unknown): boolean =>
  error instanceof Rejection && error.problems.every((each) => each.code === 'INVALID_CODE');

function whyClosed(campaign: Campaign, today: IsoDate): Problem[] {
  switch (phaseOf(campaign, today)) {
    case 'OPEN':
      return [];
    case 'PLANNED':
      return [problem('CAMPAIGN_NOT_OPEN', 'campaignId', { date: campaign.opens })];
    default:
      return [problem('CAMPAIGN_CLOSED', 'campaignId')];
  }
}
