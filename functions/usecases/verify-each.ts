import { type Problem, problem, Rejection, reject } from '../domain/problem.ts';
import type { ImportOutcome } from './import-rows.ts';

/** Each is a transaction of its own, one after the other; an answer takes at most half a minute. */
const MOST_AT_ONCE = 50;

/**
 * Verifies several reports, each by the same rules as one by one. One that is refused holds back no other, and one that is verified
 * already stays as it is, so that a request may be repeated.
 * @param field of the input: where problems lie, at `<field>.<n>`
 * @param isVerified asked only of one that `verify` refused to somebody who may verify it, so reading it tells them nothing new
 * @throws Rejection REQUIRED, TOO_MANY at `field`
 */
export async function verifyEach<T>(
  field: string,
  reports: readonly T[],
  verify: (report: T) => Promise<unknown>,
  isVerified: (report: T) => Promise<boolean>,
): Promise<ImportOutcome> {
  if (reports.length === 0) throw reject('REQUIRED', field);
  if (reports.length > MOST_AT_ONCE) throw reject('TOO_MANY', field, { maximum: MOST_AT_ONCE });
  const problems: Problem[] = [];
  let imported = 0;
  let unchanged = 0;
  // Not at the same time: activities of one month meet in its realisation, and would only make each other repeat.
  for (const [index, report] of reports.entries()) {
    try {
      await verify(report);
      imported += 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      if (saysItIsDone(error) && (await isVerified(report))) unchanged += 1;
      else
        problems.push(
          ...error.problems.map(({ code, path, params }) =>
            problem(code, [field, index, ...path].join('.'), params),
          ),
        );
    }
  }
  return { imported, unchanged, problems };
}

const saysItIsDone = ({ problems }: Rejection): boolean =>
  problems.every(({ code }) => code === 'CONFLICT' || code === 'NO_CHANGE');
