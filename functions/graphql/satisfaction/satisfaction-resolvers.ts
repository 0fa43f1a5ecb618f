import { placeOn } from '../../domain/organisation/staff.ts';
import { phaseOf } from '../../domain/satisfaction/campaign.ts';
import { printedCode } from '../../domain/satisfaction/single-use-code.ts';
import { surveyQuestions } from '../../domain/satisfaction/survey-questions.ts';
import { regionToday } from '../../usecases/region-clock.ts';
import { answerSurvey, readSurveyOfCode } from '../../usecases/satisfaction/answer-survey.ts';
import { closeCampaign } from '../../usecases/satisfaction/close-campaign.ts';
import { createCampaign } from '../../usecases/satisfaction/create-campaign.ts';
import { editCampaign } from '../../usecases/satisfaction/edit-campaign.ts';
import { issueContactCodes } from '../../usecases/satisfaction/issue-contact-codes.ts';
import { issueSurveyCodes } from '../../usecases/satisfaction/issue-survey-codes.ts';
import { moderateSuggestion } from '../../usecases/satisfaction/moderate-suggestion.ts';
import { rateContact, readContactForm } from '../../usecases/satisfaction/rate-contact.ts';
import {
  campaignsOfPeriod,
  readContactBatches,
  readCounts,
  readSuggestions,
  readSurveyBatches,
} from '../../usecases/satisfaction/read-campaign.ts';
import { voidContactCodes, voidSurveyCodes } from '../../usecases/satisfaction/void-codes.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect, pageRequest, toConnection } from '../pagination.ts';
import { unitOf } from '../people-and-units.ts';
import { codesPayload, sheetsOf } from './codes-payload.ts';

const asCampaign = <T>(campaign: T) => ({ campaign });

export const satisfactionResolvers: Resolvers = {
  Query: {
    surveyCampaign: (_, { id }, { deps }) => deps.store.satisfaction.get(id),
    surveyOfCode: (_, { code }, { deps }) => readSurveyOfCode(deps, code),
    contactForm: (_, { code }, { deps }) => readContactForm(deps, code),
    contactCodeBatches: (_, { staffId, periodId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.contactCodeBatches', scope: [staffId, periodId] }, args, (page) =>
        readContactBatches(deps, actor, { staffId, periodId }, page),
      ),
    surveyCampaigns: (_, args, { deps }) =>
      connect({ query: 'Query.surveyCampaigns', scope: null }, args, (page) =>
        deps.store.satisfaction.running(page),
      ),
  },
  Unit: {
    surveyCampaigns: ({ id }, args, { deps }) =>
      connect({ query: 'Unit.surveyCampaigns', scope: id }, args, (page) =>
        deps.store.satisfaction.ofUnit(id, page),
      ),
  },
  UnitResult: {
    surveyCampaigns: (result, _, { deps }) => campaignsOfPeriod(deps, result),
  },
  Mutation: {
    createSurveyCampaign: (_, { input }, context) =>
      mutate(context, () => createCampaign(context.deps, context.actor, input), asCampaign),
    editSurveyCampaign: (_, { input }, context) =>
      mutate(
        context,
        () => editCampaign(context.deps, context.actor, input),
        asCampaign,
        () => context.deps.store.satisfaction.get(input.id),
      ),
    closeSurveyCampaign: (_, { input }, context) =>
      mutate(
        context,
        () => closeCampaign(context.deps, context.actor, input),
        asCampaign,
        () => context.deps.store.satisfaction.get(input.id),
      ),
    issueSurveyCodes: (_, { input: { formAddress, ...input } }, context) =>
      codesPayload(context, formAddress, async () => {
        const { batch, codes, campaign } = await issueSurveyCodes(context.deps, context.actor, input);
        const unit = await unitOf(context, campaign.unitId);
        return { batch, codes, about: [unit?.name ?? '', campaign.service[context.locale]] };
      }),
    voidSurveyCodes: (_, { input }, context) =>
      mutate(
        context,
        () => voidSurveyCodes(context.deps, context.actor, input),
        (batch) => ({ voided: batch?.voided ?? null }),
      ),
    issueContactCodes: (_, { input: { formAddress, ...input } }, context) =>
      codesPayload(context, formAddress, async () => {
        const { deps, actor } = context;
        const { batch, codes, staff } = await issueContactCodes(deps, actor, input);
        const place = placeOn(staff, await regionToday(deps));
        const unit = await unitOf(context, place?.unitId);
        return { batch, codes, about: [staff.name, unit?.name ?? ''] };
      }),
    voidContactCodes: (_, { input }, context) =>
      mutate(
        context,
        () => voidContactCodes(context.deps, context.actor, input),
        (batch) => ({ batchId: batch?.id ?? null }),
      ),
    rateContact: (_, { input }, context) =>
      mutate(
        context,
        () => rateContact(context.deps, context.actor, input),
        (form) => ({ form }),
      ),
    answerSurvey: (_, { input }, context) =>
      mutate(context, () => answerSurvey(context.deps, context.actor, input), asCampaign),
    moderateSuggestion: (_, { input }, context) =>
      mutate(
        context,
        () => moderateSuggestion(context.deps, context.actor, input),
        (suggestion) => ({ suggestion }),
        () => context.deps.store.satisfaction.suggestion(input.campaignId, input.id),
      ),
  },
  SurveyCampaign: {
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    phase: async (campaign, _, { deps }) => phaseOf(campaign, await regionToday(deps)),
    acceptsWithoutCode: ({ withoutCodePerHour }) => withoutCodePerHour > 0,
    questions: () => surveyQuestions,
    counts: (campaign, _, { deps, actor }) => readCounts(deps, actor, campaign),
    suggestions: ({ id }, args, { deps }) =>
      connect({ query: 'SurveyCampaign.suggestions', scope: id }, args, (page) =>
        deps.store.satisfaction.suggestions(id, 'PUBLISHED', page),
      ),
    codeBatches: async (campaign, args, { deps, actor }) => {
      const list = { query: 'SurveyCampaign.codeBatches', scope: campaign.id };
      const page = await readSurveyBatches(deps, actor, campaign, pageRequest(list, args));
      return page && toConnection(list, page);
    },
    suggestionsInState: async (campaign, { state, ...args }, { deps, actor }) => {
      const list = { query: 'SurveyCampaign.suggestionsInState', scope: [campaign.id, state] };
      const page = await readSuggestions(deps, actor, campaign, state, pageRequest(list, args));
      return page && toConnection(list, page);
    },
  },
  CodeBatch: {
    isVoid: ({ voided }) => voided !== null,
  },
  SurveyQuestion: {
    choices: ({ choices }) => choices.map((text, at) => ({ score: at + 1, text })),
  },
  SurveyFigures: {
    tooFew: ({ index }) => index === null,
  },
  IssuedCodesPayload: {
    sheets: sheetsOf,
  },
  SingleUseCode: {
    code: ({ digits }) => printedCode(digits),
    svg: async ({ content }) => (await import('./qr-code.ts')).qrSvg(content),
  },
};
