import { addDays } from '../calendar.ts';
import type { Instant, IsoDate } from '../time.ts';
import type { LocalisedText } from './survey-questions.ts';
import type { SurveyResult } from './survey-tally.ts';

/** RUNNING → COUNTING (takes no answer any more) → CLOSED. Before its first day a running campaign waits. */
export type CampaignState = 'RUNNING' | 'COUNTING' | 'CLOSED';

/** A survey of public satisfaction (SKM) with one service of a unit, from a day to a day. */
export interface Campaign {
  readonly id: string;
  readonly unitId: string;
  /** The service that is asked about. */
  readonly service: LocalisedText;
  /** First and last day, both included, by the region's clock. */
  readonly opens: IsoDate;
  readonly closes: IsoDate;
  /** How many answers without a code are accepted in one hour; 0: the unit accepts none. */
  readonly withoutCodePerHour: number;
  /** Figures of fewer answers than that are shown to nobody. */
  readonly minimumAnswers: number;
  readonly state: CampaignState;
  readonly closedAt: Instant | null;
  /** What was counted at the close; null before. */
  readonly result: SurveyResult | null;
  readonly version: number;
}

/** Bounds of what a unit decides. A survey is repeated every year at the latest. */
export const CAMPAIGN_BOUNDS = {
  days: 400,
  withoutCodePerHour: { minimum: 0, maximum: 600 },
  minimumAnswers: { minimum: 5, maximum: 10_000 },
} as const;

/** The latest last day of a campaign that begins on a day. */
export const latestEnd = (opens: IsoDate): IsoDate => addDays(opens, CAMPAIGN_BOUNDS.days - 1);

/** What readers are told: RUNNING is split by the calendar, ENDED waits for its figures. */
export type CampaignPhase = 'PLANNED' | 'OPEN' | 'ENDED' | 'CLOSED';

/** Where a campaign stands on a day of the region. */
export const phaseOf = (
  { state, opens, closes }: Pick<Campaign, 'state' | 'opens' | 'closes'>,
  today: IsoDate,
): CampaignPhase => {
  if (state === 'CLOSED') return 'CLOSED';
  if (state === 'COUNTING' || today > closes) return 'ENDED';
  return today < opens ? 'PLANNED' : 'OPEN';
};

/** Whether a campaign's last day is over and its figures are not there yet. */
export const isDueToClose = (campaign: Campaign, today: IsoDate): boolean =>
  phaseOf(campaign, today) === 'ENDED';
