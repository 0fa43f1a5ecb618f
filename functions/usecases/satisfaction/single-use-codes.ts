import { createHash } from 'node:crypto';
import { CODE_DIGITS, LARGEST_BATCH, readCode } from '../../domain/satisfaction/single-use-code.ts';
import type { InputCheck } from '../check-input.ts';
import { randomDigits } from '../new-id.ts';

/** SHA-256 of a code's digits, hex. 80 random bits are not found from it by trying. */
export const hashOfCode = (digits: string): string => createHash('sha256').update(digits).digest('hex');

/** As `hashOfCode`, of what somebody typed: what cannot be a code has a hash too, of which nothing is stored. */
export const hashOfTyped = (typed: string): string => hashOfCode(readCode(typed) ?? `no code ${typed}`);

export const newCodes = (count: number): readonly string[] =>
  Array.from({ length: count }, () => randomDigits(CODE_DIGITS));

export const checkBatchSize = (count: number, check: InputCheck): number =>
  check.integer('count', count, 1, LARGEST_BATCH);
