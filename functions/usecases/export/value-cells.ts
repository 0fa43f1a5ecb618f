import type { Cell } from '../../domain/export/table.ts';
import type { Locale, Message } from '../../domain/messages.ts';
import type { Micro } from '../../domain/rounding.ts';
import { formatPoints } from '../../domain/rounding.ts';

/** Micro-points as points, exact to what is shown elsewhere. */
export const pointsOf = (micro: Micro | null): Cell => (micro === null ? null : formatPoints(micro));

export const numberOf = (value: number | null): Cell => (value === null ? null : String(value));

/** A code in the words of the reader's language. */
export const wordOf = <Key extends string>(
  words: Readonly<Record<Key, Message>>,
  key: Key | null,
  locale: Locale,
): Cell => (key === null ? null : words[key][locale]);
