import { type ProblemCode, Rejection } from '../../functions/domain/problem.ts';

/** Codes of the Rejection that an action throws; empty when it throws none. */
export const codesOf = (action: () => unknown): ProblemCode[] => {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof Rejection) return error.problems.map(({ code }) => code);
    throw error;
  }
};

/** As `codesOf`, each with its path: `REQUIRED lines.0.title`. */
export const problemsOf = (action: () => unknown): string[] => {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof Rejection)
      return error.problems.map(({ code, path }) => [code, path.join('.')].join(' ').trim());
    throw error;
  }
};
