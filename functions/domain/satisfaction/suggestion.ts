/** SUBMITTED: only the unit's head, planners and inspectors read it; PUBLISHED: everybody; WITHHELD: it stays with them. */
export type SuggestionState = 'SUBMITTED' | 'PUBLISHED' | 'WITHHELD';

/** What a citizen would improve. It lies apart from the scores that came with it, under a random id. */
export interface Suggestion {
  readonly id: string;
  readonly campaignId: string;
  readonly text: string;
  readonly state: SuggestionState;
  readonly version: number;
}

export const LONGEST_SUGGESTION = 1_000;
