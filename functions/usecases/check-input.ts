import { type ParamsOf, type Problem, type ProblemCode, problem, Rejection } from '../domain/problem.ts';
import { checkText, type TextShape, tidy } from '../domain/text.ts';
import type { IsoDate } from '../domain/time.ts';

/** Collects everything that is wrong with an input, so that its sender sees all of it at once. */
export interface InputCheck {
  readonly problems: readonly Problem[];
  /** Notes a problem. */
  add<Code extends ProblemCode>(code: Code, path: string, params?: ParamsOf<Code>): void;
  addAll(problems: readonly Problem[]): void;
  /** A tidied text of one line or more. REQUIRED, TOO_LONG, INVALID_FORMAT (characters that cannot be seen). */
  text(path: string, value: string, maximum: number): string;
  /** As `text`, of one line: a name, for example. */
  line(path: string, value: string, maximum: number): string;
  /** As `text`; nothing and the empty text are null. */
  optionalText(path: string, value: string | null | undefined, maximum: number): string | null;
  /** As `line`; nothing and the empty text are null. */
  optionalLine(path: string, value: string | null | undefined, maximum: number): string | null;
  /** Why it is done, at `reason`: as `text`, of 1,000 characters at most; REASON_REQUIRED */
  reason(value: string): string;
  /** A code: letters, digits, dot, dash, underscore and slash, at most 40, beginning with a letter or digit. */
  code(path: string, value: string): string;
  /** A whole number within bounds. OUT_OF_RANGE */
  integer(path: string, value: number, minimum: number, maximum: number): number;
  /** A day in the service of somebody or in the life of a unit: since 1945, and at most five years ahead. OUT_OF_RANGE */
  day(path: string, value: IsoDate, today: IsoDate): void;
  /** @throws Rejection with all problems noted so far, if any */
  done(): void;
}

/** Longest texts, in characters. */
export const LENGTHS = { code: 40, name: 200, kind: 60, long: 2_000, reason: 1_000 } as const;

/** Nobody has served since before the republic, and nothing is decided further ahead than a term of office. */
const EARLIEST_DAY = '1945-01-01';
const YEARS_AHEAD = 5;

/** The last day that may be entered. */
export const latestDay = (today: IsoDate): IsoDate => `${Number(today.slice(0, 4)) + YEARS_AHEAD}-12-31`;

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u;

/** @param at path in front of every problem's own, for example `rows.3` */
export function checkInput(at = ''): InputCheck {
  const problems: Problem[] = [];
  const add: InputCheck['add'] = (code, path, params) => {
    problems.push(problem(code, [at, path].filter((part) => part !== '').join('.'), params));
  };
  const addAll: InputCheck['addAll'] = (found) => {
    for (const { code, path, params } of found) add(code, path.join('.'), params);
  };
  const read =
    (shape: TextShape) =>
    (path: string, value: string, maximum: number): string => {
      addAll(checkText(value, path, maximum, shape));
      return tidy(value);
    };
  const readOptional =
    (shape: TextShape): InputCheck['optionalText'] =>
    (path, value, maximum) =>
      value == null || tidy(value) === '' ? null : read(shape)(path, value, maximum);
  const line = read('LINE');
  return {
    problems,
    add,
    addAll,
    text: read('TEXT'),
    line,
    optionalText: readOptional('TEXT'),
    optionalLine: readOptional('LINE'),
    reason: (value) => {
      addAll(checkText(value, 'reason', LENGTHS.reason, 'TEXT', 'REASON_REQUIRED'));
      return tidy(value);
    },
    code: (path, value) => {
      const trimmed = line(path, value, LENGTHS.code);
      if (trimmed !== '' && trimmed.length <= LENGTHS.code && !CODE.test(trimmed))
        add('INVALID_FORMAT', path, { expected: 'A–Z 0–9 . _ - /' });
      return trimmed;
    },
    integer: (path, value, minimum, maximum) => {
      if (value < minimum || value > maximum) add('OUT_OF_RANGE', path, { minimum, maximum });
      return value;
    },
    day: (path, value, today) => {
      const maximum = latestDay(today);
      if (value < EARLIEST_DAY || value > maximum)
        add('OUT_OF_RANGE', path, { minimum: EARLIEST_DAY, maximum });
    },
    done: () => {
      if (problems.length > 0) throw new Rejection(problems);
    },
  };
}
