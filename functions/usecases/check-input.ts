import { type Problem, type ProblemCode, type ProblemParams, problem, Rejection } from '../domain/problem.ts';

/** Collects everything that is wrong with an input, so that its sender sees all of it at once. */
export interface InputCheck {
  readonly problems: readonly Problem[];
  /** Notes a problem. */
  add(code: ProblemCode, path: string, params?: ProblemParams): void;
  addAll(problems: readonly Problem[]): void;
  /** A text without spaces around it, in the composed form of Unicode. REQUIRED, TOO_LONG, INVALID_FORMAT (control characters). */
  text(path: string, value: string, maximum: number): string;
  /** As `text`; nothing and the empty text are null. */
  optionalText(path: string, value: string | null | undefined, maximum: number): string | null;
  /** A code: letters, digits, dot, dash, underscore and slash, at most 40, beginning with a letter or digit. */
  code(path: string, value: string): string;
  /** A whole number within bounds. OUT_OF_RANGE */
  integer(path: string, value: number, minimum: number, maximum: number): number;
  /** @throws Rejection with all problems noted so far, if any */
  done(): void;
}

/** Longest texts, in characters. */
export const LENGTHS = { code: 40, name: 200, kind: 60, long: 2_000, reason: 1_000 } as const;

const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u;
// Line breaks and tabs belong to longer texts; nothing else below a space does.
const CONTROL = /[^\P{Cc}\n\t\r]|\p{Cs}/u;

/** @param at path in front of every problem's own, for example `rows.3` */
export function checkInput(at = ''): InputCheck {
  const problems: Problem[] = [];
  const add: InputCheck['add'] = (code, path, params) => {
    problems.push(problem(code, [at, path].filter((part) => part !== '').join('.'), params));
  };
  const text: InputCheck['text'] = (path, value, maximum) => {
    const trimmed = value.normalize('NFC').trim();
    if (trimmed === '') add('REQUIRED', path);
    else if (trimmed.length > maximum) add('TOO_LONG', path, { maximum });
    else if (CONTROL.test(trimmed)) add('INVALID_FORMAT', path);
    return trimmed;
  };
  return {
    problems,
    add,
    addAll: (found) => {
      for (const { code, path, params } of found) add(code, path.join('.'), params);
    },
    text,
    optionalText: (path, value, maximum) =>
      value == null || value.trim() === '' ? null : text(path, value, maximum),
    code: (path, value) => {
      const trimmed = text(path, value, LENGTHS.code);
      if (trimmed !== '' && trimmed.length <= LENGTHS.code && !CODE.test(trimmed))
        add('INVALID_FORMAT', path, { expected: 'A–Z 0–9 . _ - /' });
      return trimmed;
    },
    integer: (path, value, minimum, maximum) => {
      if (value < minimum || value > maximum) add('OUT_OF_RANGE', path, { minimum, maximum });
      return value;
    },
    done: () => {
      if (problems.length > 0) throw new Rejection(problems);
    },
  };
}
