import * as z from 'zod/mini';
import { addDays, localDateOf } from '../../../functions/domain/calendar.ts';
import { defaultPolicyRules } from '../../../functions/domain/period/policy.ts';
import { SURVEY_ELEMENTS } from '../../../functions/domain/satisfaction/survey-questions.ts';
import { createGraphqlClient, type GraphqlClient } from '../../import/graphql-client.ts';
import type { Runtime } from '../runtime.ts';
import { change, clientOf, found, staffIds } from './demo-client.ts';
import { headOf, subordinatesOf } from './people.ts';

const HEALTH_CENTRE = '1.02.11';

/** What eight patients answer, in the order of the elements: friendly people, long waits. */
const ANSWERS: readonly string[] = [
  '333344433',
  '332344433',
  '433344434',
  '322344333',
  '333434433',
  '332344423',
  '423344433',
  '333344434',
];

const userErrors = z.array(z.object({ code: z.string() }));
/** The nurse whom patients rate. */
const nurse = found(subordinatesOf(headOf(HEALTH_CENTRE)).find(({ jobGroup }) => jobGroup === 'perawat'));

const citizen = (runtime: Runtime): GraphqlClient =>
  createGraphqlClient({ endpoint: runtime.publicUrl, token: null, language: 'id' });

const issued = z.object({
  outcome: z.object({ codes: z.nullable(z.array(z.object({ code: z.string() }))), userErrors }),
});

/**
 * Patients of a health centre answer: a campaign that was closed with its IKM, one that runs with a suggestion that was published.
 */
export const surveyPatients = async (runtime: Runtime, planner: GraphqlClient): Promise<void> => {
  const [headId] = await staffIds(planner, [headOf(HEALTH_CENTRE)]);
  const client = await clientOf(runtime, found(headId), []);

  const outpatients = await createCampaign(client, { id: 'Rawat jalan', en: 'Outpatient care' }, 0);
  const codes = await issueCodes(client, 'issueSurveyCodes', 'IssueSurveyCodesInput', {
    campaignId: outpatients,
    count: ANSWERS.length,
  });
  for (const [at, code] of codes.entries())
    await change(citizen(runtime), 'answerSurvey', 'AnswerSurveyInput', {
      campaignId: outpatients,
      code,
      answers: answersOf(found(ANSWERS[at])),
    });
  await change(client, 'closeSurveyCampaign', 'CloseSurveyCampaignInput', {
    id: outpatients,
    version: 1,
    reason: 'Jumlah responden untuk semester ini terpenuhi',
  });

  const pharmacy = await createCampaign(client, { id: 'Farmasi', en: 'Pharmacy' }, 30);
  await change(citizen(runtime), 'answerSurvey', 'AnswerSurveyInput', {
    campaignId: pharmacy,
    answers: answersOf('343344434'),
    suggestion: 'Mohon nomor antrean obat ditampilkan di layar',
  });
  await publishSuggestion(planner, pharmacy);
};

/** Four patients of a nurse have rated in a quarter, each with a code that the head had handed out. */
export const rateByPatients = async (
  runtime: Runtime,
  admin: GraphqlClient,
  periodId: string,
): Promise<void> => {
  const head = headOf(HEALTH_CENTRE);
  const [headId, nurseId] = await staffIds(admin, [head, nurse]);
  const contacts = await issueCodes(
    await clientOf(runtime, found(headId), []),
    'issueContactCodes',
    'IssueContactCodesInput',
    { staffId: nurseId, periodId, instrumentId: 'berakhlak', count: PATIENTS_MARKS.length },
  );
  for (const [at, code] of contacts.entries())
    await change(citizen(runtime), 'rateContact', 'RateContactInput', {
      code,
      scores: VALUES.map((itemId) => ({ itemId, score: PATIENTS_MARKS[at] })),
    });
};

/** What each patient gives on every value. */
const PATIENTS_MARKS = [4, 5, 5, 5];

const VALUES = ['SERVICE', 'ACCOUNTABLE', 'COMPETENT', 'HARMONIOUS', 'LOYAL', 'ADAPTIVE', 'COLLABORATIVE'];

const answersOf = (digits: string) =>
  SURVEY_ELEMENTS.map((element, at) => ({ element, score: Number(digits[at]) }));

/** A campaign of the health centre, from today on for a month. */
const createCampaign = async (
  client: GraphqlClient,
  service: { readonly id: string; readonly en: string },
  withoutCodePerHour: number,
): Promise<string> => {
  const { unit } = await client.execute(
    'query UnitId($code: String!) { unit(code: $code) { id } }',
    { code: HEALTH_CENTRE },
    z.object({ unit: z.object({ id: z.string() }) }),
  );
  const opens = localDateOf(new Date().toISOString(), defaultPolicyRules.utcOffsetMinutes);
  const input = {
    unitId: unit.id,
    service,
    opens,
    closes: addDays(opens, 30),
    withoutCodePerHour,
    minimumAnswers: 5,
  };
  const { outcome } = await client.execute(
    'mutation Plan($input: CreateSurveyCampaignInput!) { outcome: createSurveyCampaign(input: $input) { campaign { id } } }',
    { input },
    z.object({ outcome: z.object({ campaign: z.object({ id: z.string() }) }) }),
  );
  return outcome.campaign.id;
};

const issueCodes = async (
  client: GraphqlClient,
  name: string,
  inputType: string,
  input: object,
): Promise<readonly string[]> => {
  const { outcome } = await client.execute(
    `mutation Issue($input: ${inputType}!) { outcome: ${name}(input: $input) { codes { code } userErrors { code } } }`,
    { input },
    issued,
  );
  return found(outcome.codes ?? undefined).map(({ code }) => code);
};

const publishSuggestion = async (planner: GraphqlClient, campaignId: string): Promise<void> => {
  const { surveyCampaign } = await planner.execute(
    'query Submitted($id: ID!) { surveyCampaign(id: $id) { page: suggestionsInState(state: SUBMITTED) { nodes { id version } } } }',
    { id: campaignId },
    z.object({
      surveyCampaign: z.object({
        page: z.object({ nodes: z.array(z.object({ id: z.string(), version: z.int() })) }),
      }),
    }),
  );
  for (const { id, version } of surveyCampaign.page.nodes)
    await change(planner, 'moderateSuggestion', 'ModerateSuggestionInput', {
      campaignId,
      id,
      version,
      publish: true,
    });
};
