/** What one check of `npm run trust` found: a row of its table. */
export interface Finding {
  /** What was tried, in a few words: `close, cut at every call`. */
  readonly subject: string;
  /** How often, and of what: `{count: 412, of: 'calls cut'}`. */
  readonly tried: { readonly count: number; readonly of: string };
  /** What must not have happened, and how often it did: `{count: 0, of: 'differences'}`. */
  readonly wrong: { readonly count: number; readonly of: string };
  /** Up to ten cases that went wrong, each said so that it can be tried again by hand. */
  readonly examples: readonly string[];
  /** More figures worth stating: `longest 84 ms`. */
  readonly figures?: string;
}

/** A check: its name for `--only`, and the section of the table that it stands in. */
export interface TrustCheck {
  readonly name: string;
  readonly section: 'faults' | 'competition' | 'restore' | 'attacks' | 'supply';
  readonly run: (options: TrustOptions) => Promise<readonly Finding[]>;
}

export interface TrustOptions {
  /** Decides every random choice, so that a run can be repeated. */
  readonly seed: number;
}

/** How many examples of a failure a row keeps. */
const EXAMPLES_KEPT = 10;

/** A row from the cases that went wrong. */
export const finding = (
  subject: string,
  tried: Finding['tried'],
  wrongOf: string,
  wrong: readonly string[],
  figures?: string,
): Finding => ({
  subject,
  tried,
  wrong: { count: wrong.length, of: wrongOf },
  examples: wrong.slice(0, EXAMPLES_KEPT),
  ...(figures !== undefined && { figures }),
});
