import { canonicalJson } from '../domain/canonical-json.ts';
import { problem } from '../domain/problem.ts';
import type { Campaign } from '../domain/satisfaction/campaign.ts';
import type { CodeBatch, CodePurpose } from '../domain/satisfaction/single-use-code.ts';
import type { Suggestion } from '../domain/satisfaction/suggestion.ts';
import {
  addAnswers,
  NO_ANSWERS,
  SURVEY_SHARDS,
  type SurveyAnswer,
} from '../domain/satisfaction/survey-tally.ts';
import { getItems } from './batch-get.ts';
import { check, entityCodec, readBody } from './codec.ts';
import { conflict, gateNumber } from './commit.ts';
import type { CampaignCounts, SatisfactionStore } from './contract/satisfaction.ts';
import {
  answerKey,
  answersPartition,
  auditName,
  batchCodesKey,
  batchesPartition,
  batchSort,
  campaignKey,
  campaignSort,
  campaignsOfUnitPartition,
  codeBatchKey,
  codeKey,
  runningCampaignsPartition,
  suggestionKey,
  suggestionSort,
  suggestionsPartition,
  surveyCountKey,
  surveyHourKey,
} from './keys.ts';
import * as schemas from './schemas/satisfaction.ts';
import { getItem, type Item, queryAll, queryList, queryPages, type Table } from './table.ts';
import { type Action, accompany, prepare } from './write.ts';

const campaignCodec = entityCodec<Campaign>('SURVEY# / CAMPAIGN', schemas.campaign);
const answerCodec = entityCodec<SurveyAnswer>('ANSWERS# / ANSWER#', schemas.surveyAnswer);
const suggestionCodec = entityCodec<Suggestion>('SURVEY# / SUGGESTION#', schemas.suggestion);
const batchCodec = entityCodec<CodeBatch>('CODEBATCH# / CODEBATCH', schemas.codeBatch);
const CODE_PATTERN = 'CODE# / CODE';
const CODES_PATTERN = 'CODEBATCH# / CODES';

/** How long the count of an hour is kept. */
const HOUR_KEPT_SECONDS = 86_400;

const SHARDS = Array.from({ length: SURVEY_SHARDS }, (_, shard) => shard);

export function satisfactionStore(table: Table): SatisfactionStore {
  return {
    get: async (id) => {
      const item = await getItem(table, campaignKey(id));
      return item === undefined ? null : campaignCodec.read(item);
    },
    ofUnit: (unitId, page) =>
      queryList(table, { index: 'gsi1', pk: campaignsOfUnitPartition(unitId) }, page, campaignCodec.read),
    ofUnitBetween: (unitId, from, to, page) =>
      queryList(
        table,
        { index: 'gsi1', pk: campaignsOfUnitPartition(unitId), from, to },
        page,
        campaignCodec.read,
      ),
    running: (page) =>
      queryList(table, { index: 'gsi2', pk: runningCampaignsPartition }, page, campaignCodec.read),
    save: (before, after) => {
      const sort = campaignSort(after.closes, after.id);
      return prepare(
        {
          audit: auditName.campaign(after.id),
          key: campaignKey(after.id),
          ...campaignCodec.change(before, after),
          attributes: {
            gsi1pk: campaignsOfUnitPartition(after.unitId),
            gsi1sk: sort,
            ...(after.state !== 'CLOSED' && { gsi2pk: runningCampaignsPartition, gsi2sk: sort }),
          },
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => gatesOf(table, before, after),
      );
    },
    counts: async (ids) => {
      const items = await getItems(
        table,
        ids.flatMap((id) => SHARDS.map((shard) => surveyCountKey(id, shard))),
      );
      return ids.map((_, at) => addCounts(items.slice(at * SURVEY_SHARDS, (at + 1) * SURVEY_SHARDS)));
    },

    answer: (answer, admission) =>
      prepare(
        {
          audit: auditName.surveyAnswer(answer.campaignId, answer.shard, answer.id),
          key: answerKey(answer.campaignId, answer.shard, answer.id),
          versionBefore: 0,
          hashBefore: null,
          text: answerCodec.toText(answer, 1),
          attributes: {},
          ifPresent: conflict,
        },
        () => [
          count(table, answer.campaignId, answer.shard, answer.channel, 1),
          admission.kind === 'CODE'
            ? redemption(table, admission.codeHash, { kind: 'SURVEY', campaignId: answer.campaignId })
            : takeRoom(table, answer.campaignId, admission.hour, admission.limit),
        ],
      ),
    tally: async (campaignId) => {
      let tally = NO_ANSWERS;
      await Promise.all(
        SHARDS.map(async (shard) => {
          for await (const page of queryPages(table, { pk: answersPartition(campaignId, shard) }))
            tally = addAnswers(tally, page.map(answerCodec.read));
        }),
      );
      return tally;
    },

    suggestion: async (campaignId, id) => {
      const item = await getItem(table, suggestionKey(campaignId, id));
      return item === undefined ? null : suggestionCodec.read(item);
    },
    suggestions: (campaignId, state, page) =>
      queryList(
        table,
        { index: 'gsi1', pk: suggestionsPartition(campaignId, state) },
        page,
        suggestionCodec.read,
      ),
    saveSuggestion: (before, after) =>
      prepare({
        audit: auditName.suggestion(after.campaignId, after.id),
        key: suggestionKey(after.campaignId, after.id),
        ...suggestionCodec.change(before, after),
        attributes: {
          gsi1pk: suggestionsPartition(after.campaignId, after.state),
          gsi1sk: suggestionSort(after.id),
        },
        ifPresent: conflict,
      }),

    batch: async (id) => {
      const item = await getItem(table, codeBatchKey(id));
      return item === undefined ? null : batchCodec.read(item);
    },
    batchesFor: (purpose, page) =>
      queryList(table, { index: 'gsi1', pk: batchesPartition(purpose) }, page, batchCodec.read),
    issue: (batch, codeHashes, expiresAt) =>
      prepare(
        {
          audit: auditName.codeBatch(batch.id),
          key: codeBatchKey(batch.id),
          versionBefore: 0,
          hashBefore: null,
          text: batchCodec.toText(batch, 1),
          attributes: listedBatch(batch),
          ifPresent: conflict,
        },
        () => [
          ...(batch.purpose.kind === 'SURVEY'
            ? [count(table, batch.purpose.campaignId, shardOf(batch.id), 'CODES', batch.count)]
            : []),
          listCodes(table, batch.id, codeHashes, expiresAt),
          ...codeHashes.map((hash) => newCode(table, hash, batch.purpose, expiresAt)),
        ],
        batch.purpose.kind === 'CONTACT' ? [{ kind: 'OPEN', periodId: batch.purpose.periodId }] : [],
      ),
    unusedCodes: async (batchId) => {
      const list = await getItem(table, batchCodesKey(batchId));
      if (list === undefined) return null;
      const hashes = check(CODES_PATTERN, schemas.codeHashes, list['hashes']);
      const found = await getItems(table, hashes.map(codeKey));
      return hashes.filter((_, at) => found[at] !== undefined);
    },
    voidCodes: (before, after, codeHashes) =>
      prepare(
        {
          audit: auditName.codeBatch(after.id),
          key: codeBatchKey(after.id),
          ...batchCodec.change(before, after),
          attributes: listedBatch(after),
          ifPresent: conflict,
        },
        () => codeHashes.map((hash) => voiding(table, hash)),
      ),
    contactOf: async (codeHash) => {
      const body = await codeFor(table, codeHash, 'CONTACT');
      return body === null ? null : readBody(CODE_PATTERN, schemas.contactPurpose, body);
    },
    surveyOf: async (codeHash) => {
      const body = await codeFor(table, codeHash, 'SURVEY');
      return body === null ? null : readBody(CODE_PATTERN, schemas.surveyPurpose, body).campaignId;
    },
    redeem: (codeHash, purpose) => accompany(() => [redemption(table, codeHash, purpose)]),
  };
}

const listedBatch = ({ id, purpose }: CodeBatch) => ({
  gsi1pk: batchesPartition(purpose),
  gsi1sk: batchSort(id),
});

const shardOf = (id: string): number => gateNumber(id) % SURVEY_SHARDS;

/** The gates follow the state; a change that leaves it alone leaves them alone, so that answers do not stand in its way. */
function gatesOf(table: Table, before: Campaign | null, after: Campaign): Action[] {
  const open = after.state === 'RUNNING';
  if (before !== null && (before.state === 'RUNNING') === open) return [];
  return SHARDS.map((shard) => {
    const key = surveyCountKey(after.id, shard);
    return {
      key,
      item:
        before === null
          ? { Put: { TableName: table.name, Item: { ...key, open } } }
          : {
              Update: {
                TableName: table.name,
                Key: key,
                UpdateExpression: 'SET #open = :open',
                ExpressionAttributeNames: { '#open': 'open' },
                ExpressionAttributeValues: { ':open': open },
              },
            },
      refusal: () => null,
    };
  });
}

type Counter = SurveyAnswer['channel'] | 'CODES';

/** Counts in one shard, if the campaign's gates are open. */
function count(table: Table, campaignId: string, shard: number, counter: Counter, by: number): Action {
  const key = surveyCountKey(campaignId, shard);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'ADD #counter :by',
        ConditionExpression: '#open = :true',
        ExpressionAttributeNames: { '#counter': counter, '#open': 'open' },
        ExpressionAttributeValues: { ':by': by, ':true': true },
      },
    },
    refusal: () => problem('CAMPAIGN_CLOSED', 'campaignId'),
  };
}

function addCounts(items: readonly (Item | undefined)[]): CampaignCounts {
  const sumOf = (counter: Counter): number =>
    items.reduce((sum, item) => sum + (typeof item?.[counter] === 'number' ? item[counter] : 0), 0);
  return {
    codesIssued: sumOf('CODES'),
    withCode: sumOf('WITH_CODE'),
    withoutCode: sumOf('WITHOUT_CODE'),
  };
}

/** One item an hour is enough: no more than the limit is ever written to it, and the route is throttled. */
function takeRoom(table: Table, campaignId: string, hour: string, limit: number): Action {
  const key = surveyHourKey(campaignId, hour);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET expiresAt = :expiresAt ADD answers :one',
        ConditionExpression: 'attribute_not_exists(answers) OR answers < :limit',
        ExpressionAttributeValues: {
          ':one': 1,
          ':limit': limit,
          ':expiresAt': Date.parse(`${hour}:00:00.000Z`) / 1_000 + HOUR_KEPT_SECONDS,
        },
      },
    },
    refusal: () => problem('RATE_LIMITED'),
  };
}

/** Only for making them void: nothing in it says which were used. */
const listCodes = (table: Table, batchId: string, hashes: readonly string[], expiresAt: number): Action => {
  const key = batchCodesKey(batchId);
  return {
    key,
    item: { Put: { TableName: table.name, Item: { ...key, hashes, expiresAt } } },
    refusal: () => null,
  };
};

const voiding = (table: Table, codeHash: string): Action => {
  const key = codeKey(codeHash);
  return {
    key,
    item: {
      Delete: { TableName: table.name, Key: key, ConditionExpression: 'attribute_exists(pk)' },
    },
    refusal: () => conflict(null),
  };
};

const codeBody = (purpose: CodePurpose): string =>
  canonicalJson(check(CODE_PATTERN, schemas.codePurpose, purpose));

function newCode(table: Table, codeHash: string, purpose: CodePurpose, expiresAt: number): Action {
  const key = codeKey(codeHash);
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...key, body: codeBody(purpose), expiresAt },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    refusal: () => conflict(null),
  };
}

/** What is stored of a code of one kind: the table itself leaves out the other, so that it is answered like one that never was. */
async function codeFor(table: Table, codeHash: string, kind: CodePurpose['kind']): Promise<unknown> {
  const [item] = await queryAll(table, {
    pk: codeKey(codeHash).pk,
    filter: {
      expression: 'contains(#body, :kind)',
      names: { '#body': 'body' },
      values: { ':kind': `"kind":"${kind}"` },
    },
  });
  return item?.['body'] ?? null;
}

/** A used code is gone: nothing is left that could be held against an answer. */
function redemption(table: Table, codeHash: string, purpose: CodePurpose): Action {
  const key = codeKey(codeHash);
  return {
    key,
    item: {
      Delete: {
        TableName: table.name,
        Key: key,
        ConditionExpression: 'body = :body',
        ExpressionAttributeValues: { ':body': codeBody(purpose) },
      },
    },
    refusal: () => problem('INVALID_CODE', 'code'),
  };
}
