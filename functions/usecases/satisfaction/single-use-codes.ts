import { createHash } from 'node:crypto';
import { CODE_DIGITS, LARGEST_BATCH, readCode } from '../../domain/satisfaction/single-use-code.ts';
import type { InputCheck } from '../check-input.ts';
import { randomDigits } from '../new-id.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of the digits of a code to rate a person, hex. 80 random bits are not found from it by trying. */
export const hashOfContactCode = (digits: string): string => hash(digits);

/** Of a survey's code: not as a code to rate a person, so that where that is asked for it is like one that never was. */
export const hashOfSurveyCode = (digits: string): string => hash(`SURVEY ${digits}`);

/** What somebody typed: what cannot be a code has hashes too, of which nothing is stored. */
const digitsOf = (typed: string): string => readCode(typed) ?? `no code ${typed}`;

export const hashOfTypedContact = (typed: string): string => hashOfContactCode(digitsOf(typed));

/** As it is stored now, and as release 0.1.0 stored it, which did not tell the two kinds of codes apart. */
export const hashesOfTypedSurvey = (typed: string): readonly [now: string, before: string] => {
  const digits = digitsOf(typed);
  return [hashOfSurveyCode(digits), hash(digits)];
};

export const newCodes = (count: number): readonly string[] =>
  Array.from({ length: count }, () => randomDigits(CODE_DIGITS));

export const checkBatchSize = (count: number, check: InputCheck): number =>
  check.integer('count', count, 1, LARGEST_BATCH);
