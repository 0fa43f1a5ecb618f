/** Single-use codes of a survey, each typed by several people at once, and answers without one up to the hour's limit. */
import { SURVEY_ELEMENTS } from '../../../functions/domain/satisfaction/survey-questions.ts';
import { caller, nobody } from '../../api/endpoint-client.ts';
import type { Arena } from './clients.ts';
import { type Event, History, isLinearizable, type Model } from './linearizable.ts';
import type { Played } from './scenario.ts';

const CODES = 10;
const TRIES_A_CODE = 4;
const WITHOUT_CODE = 12;
const LIMIT = 7;

/** How often the code, or the hour, can still be used. */
const single: Model<number, 'REDEEM', string> = {
  initial: 1,
  step: (left, _, output) => {
    if (output === 'DONE') return left > 0 ? left - 1 : null;
    return output === 'INVALID_CODE' && left === 0 ? left : null;
  },
  keyOf: String,
};
const hour: Model<number, 'REDEEM', string> = {
  initial: LIMIT,
  step: (left, _, output) => {
    if (output === 'DONE') return left > 0 ? left - 1 : null;
    return output === 'RATE_LIMITED' && left === 0 ? left : null;
  },
  keyOf: String,
};

export async function redeemCodes(arena: Arena, head: string): Promise<Played> {
  const who = caller(head);
  const made = await arena.mutate<{ id: string }>(
    who,
    'createSurveyCampaign',
    'CreateSurveyCampaignInput',
    {
      unitId: 'puskesmas-a',
      service: { id: 'Rawat jalan', en: 'Outpatient care' },
      opens: '2026-03-05',
      closes: '2026-03-20',
      withoutCodePerHour: LIMIT,
    },
    'campaign { id }',
  );
  const campaignId = made.answer?.id ?? '';
  const issued = await arena.mutate<readonly { code: string }[]>(
    who,
    'issueSurveyCodes',
    'IssueSurveyCodesInput',
    { campaignId, count: CODES },
    'codes { code }',
  );
  const codes = (issued.answer ?? []).map(({ code }) => code);
  const histories = new Map<string | null, History<'REDEEM', string>>(
    [...codes, null].map((code) => [code, new History(arena.tick)]),
  );
  const redeem = async (code: string | null): Promise<void> => {
    const answers = SURVEY_ELEMENTS.map((element) => ({ element, score: 1 + arena.random(4) }));
    await histories.get(code)?.record(
      () =>
        arena.mutate(
          nobody,
          'answerSurvey',
          'AnswerSurveyInput',
          { campaignId, code, answers },
          'campaign { id }',
        ),
      ({ codes: refused }) => [{ input: 'REDEEM', output: refused.join() || 'DONE' }],
    );
  };
  const tries: (string | null)[] = [
    ...codes.flatMap((code) => Array.from({ length: TRIES_A_CODE }, () => code)),
    ...Array.from({ length: WITHOUT_CODE }, () => null),
  ];
  for (let left = tries.length; left > 1; left -= 1) {
    const at = arena.random(left);
    [tries[left - 1], tries[at]] = [tries[at] ?? null, tries[left - 1] ?? null];
  }
  await Promise.all(tries.map(redeem));

  const wrong: string[] = [];
  let accepted = 0;
  for (const [code, { events }] of histories) {
    accepted += events.filter(({ output }) => output === 'DONE').length;
    if (!isLinearizable(code === null ? hour : single, events))
      wrong.push(`${code === null ? 'without code' : 'one code'}: ${outputs(events)}`);
  }
  const counted = await arena.store.satisfaction.tally(campaignId);
  const answers = Object.values(counted).reduce((sum, { answers: count }) => sum + count, 0);
  if (answers !== accepted) wrong.push(`${accepted} accepted, ${answers} counted`);
  return { operations: tries.length, again: 0, wrong };
}

const outputs = (events: readonly Event<unknown, string>[]): string =>
  events.map(({ called, answered, output }) => `${called}–${answered} ${output}`).join(', ');
