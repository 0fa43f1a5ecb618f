import type { Campaign } from '../../domain/satisfaction/campaign.ts';
import type {
  BatchesFor,
  CodeBatch,
  CodePurpose,
  ContactPurpose,
} from '../../domain/satisfaction/single-use-code.ts';
import type { Suggestion, SuggestionState } from '../../domain/satisfaction/suggestion.ts';
import type { SurveyAnswer, SurveyTally } from '../../domain/satisfaction/survey-tally.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

/** What has come to a campaign so far. */
export interface CampaignCounts {
  readonly codesIssued: number;
  readonly withCode: number;
  readonly withoutCode: number;
}

/** What lets an answer in: a code that is used up with it, or the hour's room for answers without one. */
export type Admission =
  | { readonly kind: 'CODE'; readonly codeHash: string }
  /** `hour`: `2026-03-10T02`, UTC. */
  | { readonly kind: 'HOUR'; readonly hour: string; readonly limit: number };

export interface SatisfactionStore {
  get(id: string): Promise<Stored<Campaign> | null>;
  /** By last day. */
  ofUnit(unitId: string, page: PageRequest): Promise<Page<Stored<Campaign>>>;
  /** A unit's campaigns whose last day lies between two days, both included, by last day. */
  ofUnitBetween(
    unitId: string,
    from: IsoDate,
    to: IsoDate,
    page: PageRequest,
  ): Promise<Page<Stored<Campaign>>>;
  /** Campaigns whose figures are not there yet, by last day. */
  running(page: PageRequest): Promise<Page<Stored<Campaign>>>;
  /** The gates of a campaign are open while it is RUNNING, and shut for ever when it leaves that state. */
  save(before: Stored<Campaign> | null, after: Campaign): Write;
  /** In the order of `ids`; sixteen small items each, one request for six campaigns. */
  counts(ids: readonly string[]): Promise<readonly CampaignCounts[]>;

  /**
   * A new answer with what lets it in. INVALID_CODE when the code is none of this campaign or was used, RATE_LIMITED when the
   * hour is full, CAMPAIGN_CLOSED when the gates are shut.
   */
  answer(answer: SurveyAnswer, admission: Admission): Write;
  /** All answers of a campaign added up; complete once its gates are shut. */
  tally(campaignId: string): Promise<SurveyTally>;

  suggestion(campaignId: string, id: string): Promise<Stored<Suggestion> | null>;
  /** In no order that means anything. */
  suggestions(
    campaignId: string,
    state: SuggestionState,
    page: PageRequest,
  ): Promise<Page<Stored<Suggestion>>>;
  saveSuggestion(before: Stored<Suggestion> | null, after: Suggestion): Write;

  batch(id: string): Promise<Stored<CodeBatch> | null>;
  /** Batches of a campaign, or for a person in a period, as they were issued; those of release 0.1.0 only once they were changed. */
  batchesFor(purpose: BatchesFor, page: PageRequest): Promise<Page<Stored<CodeBatch>>>;
  /**
   * A new batch with its codes, given by their hashes. CAMPAIGN_CLOSED when the campaign takes no answers any more;
   * PERIOD_CLOSED, PERIOD_NOT_OPEN for codes of a period that takes no ratings.
   * @param expiresAt seconds; the codes vanish some time later
   */
  issue(batch: CodeBatch, codeHashes: readonly string[], expiresAt: number): Write;
  /** Hashes of those codes of a batch that nobody has used; null where no list of its codes is kept, or any more. Two requests. */
  unusedCodes(batchId: string): Promise<readonly string[] | null>;
  /** Makes codes void: from then on each is like one that never was. CONFLICT when one of them was used meanwhile. */
  voidCodes(before: Stored<CodeBatch>, after: CodeBatch, codeHashes: readonly string[]): Write;
  /**
   * What an unused code to rate a person is good for; null for every other text, a survey's code too. One small read, and for
   * all that is null the same empty answer.
   */
  contactOf(codeHash: string): Promise<ContactPurpose | null>;
  /** The campaign that an unused code is one answer in; null for every other text, as `contactOf`. */
  surveyOf(codeHash: string): Promise<string | null>;
  /** Uses up a code in the same transaction as what it is good for; INVALID_CODE when it is not good for that any more. */
  redeem(codeHash: string, purpose: CodePurpose): Write;
}
