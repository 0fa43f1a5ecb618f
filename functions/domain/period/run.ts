/*
 * Names of runs. A close of attempt n is the run `r<n>`. What decisions on objections change of it is a correction run
 * `r<n>c<m>`, which holds only what differs from `r<n>` and so is read together with it. Corrections are cumulative: the
 * m-th holds all that the earlier ones held, so that no read looks at more than two runs.
 */

const CORRECTION = /^(r\d+)c(\d+)$/;

/** The run of a close. @param attempt from 1 on */
export const runOf = (attempt: number): string => `r${attempt}`;

/** The run of the close that a run is of, which is itself unless it is a correction. */
export const baseRunOf = (run: string): string => CORRECTION.exec(run)?.[1] ?? run;

/** The attempt of the close that a run is of. */
export const attemptOf = (run: string): number => Number(baseRunOf(run).slice(1));

/** Whether a run holds only what differs from its base. */
export const isCorrection = (run: string): boolean => CORRECTION.test(run);

/** The correction that follows a published run. */
export const nextCorrection = (run: string): string =>
  `${baseRunOf(run)}c${Number(CORRECTION.exec(run)?.[2] ?? 0) + 1}`;
