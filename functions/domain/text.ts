import { type Problem, type ProblemCode, problem } from './problem.ts';

/** LINE: a name, code, title or link. TEXT: may have line breaks and tabs. */
export type TextShape = 'LINE' | 'TEXT';

// \p{Cf} are the characters that show nothing and change what is read: bidirectional controls, joiners, zero-width spaces.
const REFUSED: Readonly<Record<TextShape, RegExp>> = {
  LINE: /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
  TEXT: /[^\P{Cc}\n\t\r]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u,
};

/** A text as it is stored: no spaces around it, in the composed form of Unicode. */
export const tidy = (text: string): string => text.normalize('NFC').trim();

/**
 * What is wrong with a text that somebody wrote, after `tidy`: empty (`whenEmpty`; null: it may be), TOO_LONG, or INVALID_FORMAT for a
 * character that a reader cannot see.
 * @param maximum in characters
 */
export const checkText = (
  text: string,
  path: string,
  maximum: number,
  shape: TextShape,
  whenEmpty: ProblemCode | null = 'REQUIRED',
): Problem[] => {
  const tidied = tidy(text);
  if (tidied === '') return whenEmpty === null ? [] : [problem(whenEmpty, path)];
  if (tidied.length > maximum) return [problem('TOO_LONG', path, { maximum })];
  return REFUSED[shape].test(tidied) ? [problem('INVALID_FORMAT', path)] : [];
};
