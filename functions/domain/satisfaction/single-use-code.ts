import type { Instant } from '../time.ts';

/** Digits of a code: five bits each (Crockford's base 32), so that nobody finds one of a billion by a billion billion tries. */
export const CODE_DIGITS = 16;
const GROUP = 4;
const DIGITS = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** As printed and read out: four groups of four. */
export const printedCode = (digits: string): string =>
  Array.from({ length: CODE_DIGITS / GROUP }, (_, at) => digits.slice(at * GROUP, (at + 1) * GROUP)).join(
    '-',
  );

/**
 * The digits of a code as somebody typed it: case, spaces and dashes do not matter, and O, I, L are what they look like.
 * Null for what cannot be a code.
 */
export const readCode = (typed: string): string | null => {
  if (typed.length > 100) return null;
  const digits = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return DIGITS.test(digits) ? digits : null;
};

/** What a code is good for. */
export type CodePurpose =
  /** One answer in a campaign. */
  { readonly kind: 'SURVEY'; readonly campaignId: string } | ContactPurpose;

/** One rating of a staff member in a period by somebody whom they served. */
export interface ContactPurpose {
  readonly kind: 'CONTACT';
  readonly staffId: string;
  readonly periodId: string;
  readonly instrumentId: string;
  readonly instrumentVersion: number;
}

/** What batches are listed for: a campaign, or a person in a period. */
export type BatchesFor =
  | Extract<CodePurpose, { readonly kind: 'SURVEY' }>
  | Pick<ContactPurpose, 'kind' | 'staffId' | 'periodId'>;

/** Codes that were issued together. The codes themselves are nowhere in it. */
export interface CodeBatch {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly count: number;
  /** Null: before that was kept. */
  readonly issuedAt: Instant | null;
  /** How many of them were unused when they were made void, of codes to rate a person all; null: they were not. */
  readonly voided: number | null;
  readonly version: number;
}

/** Codes in one batch: with their audit entry they fit one transaction. */
export const LARGEST_BATCH = 60;
