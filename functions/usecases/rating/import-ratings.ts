import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { newestVersion } from '../../domain/instrument.ts';
import type { Period } from '../../domain/period.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import {
  checkRater,
  checkScores,
  type Instrument,
  type RaterGroup,
  type Rating,
} from '../../domain/rating.ts';
import type { Staff } from '../../domain/staff.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { RatingKey, Stored, WorkAddress } from '../../store/store.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import {
  duplicateRows,
  type ImportOutcome,
  type ImportRow,
  importRows,
  indexRows,
  type PreparedRow,
} from '../import-rows.ts';
import { regionToday } from '../region-clock.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { staffAddress } from '../work-address.ts';
import { checkTakesRatings, partyOn, ratingDay } from './rating-day.ts';
import { LONGEST_COMMENT } from './submit-rating.ts';

export interface RatingRow {
  readonly periodId: string;
  readonly rateeNip: string;
  readonly group: RaterGroup;
  /** A NIP; for PUBLIC an opaque reference. */
  readonly rater: string;
  readonly instrumentId: string;
  readonly instrumentVersion?: number | null | undefined;
  readonly scores: readonly number[];
  readonly comment?: string | null | undefined;
}

const PUBLIC_REFERENCE = /^[A-Za-z0-9._-]{1,64}$/;

/** A rating takes two items, itself and its audit entry; a period one gate. DynamoDB takes 100 in a transaction. */
const rowsATransaction = (rows: readonly ImportRow<RatingRow>[]): number =>
  Math.max(1, Math.floor((100 - new Set(rows.map(({ row }) => row.periodId)).size) / 2));

/**
 * Imports ratings into open periods, those of staff under the same rules as given by hand, and none about the importer. A
 * rating that an import brought with the same content is left alone, also when its period is closed. What a rater gave is
 * never replaced: whatever a row guesses of it, the answer is the same. @throws Rejection FORBIDDEN, REQUIRED, TOO_MANY
 */
export async function importRatings(
  deps: Deps,
  actor: Actor,
  input: readonly RatingRow[],
): Promise<ImportOutcome> {
  const as = await authorise(deps, actor, 'Mutation.importRatings');
  const rows = indexRows(input);
  const duplicates = duplicateRows(rows, 'rater', ({ periodId, rateeNip, group, rater }) =>
    JSON.stringify([periodId, rateeNip.trim(), group, rater.trim()]),
  );
  return importRows(deps, {
    actor,
    as,
    operation: 'importRatings',
    rows,
    rowsATransaction: rowsATransaction(rows),
    prepare: (together) => prepareRatings(deps, actor, together, duplicates),
  });
}

/** A row whose references were found. */
interface Located {
  readonly index: number;
  readonly row: RatingRow;
  readonly address: WorkAddress;
  readonly key: RatingKey;
  readonly instrument: Instrument;
  readonly problems: readonly Problem[];
}

async function prepareRatings(
  deps: Deps,
  actor: Actor,
  rows: readonly ImportRow<RatingRow>[],
  duplicates: ReadonlyMap<number, Problem>,
): Promise<readonly PreparedRow[]> {
  const { store } = deps;
  const [organisation, today, periods, instruments, staff] = await Promise.all([
    store.organisation.load(),
    regionToday(deps),
    store.periods.list(),
    store.instruments.list(),
    findByNips(
      deps,
      rows.flatMap(({ row }) =>
        row.group === 'PUBLIC' ? [row.rateeNip.trim()] : [row.rateeNip.trim(), row.rater.trim()],
      ),
    ),
  ]);
  const periodById = new Map<string, Period>(periods.map((period) => [period.id, period]));

  const located = rows.map(({ index, row }): Located | PreparedRow => {
    const duplicate = duplicates.get(index);
    if (duplicate !== undefined) return { index, problems: [duplicate] };
    const problems: Problem[] = [];
    const period = periodById.get(row.periodId) ?? null;
    if (period === null) problems.push(problem('NOT_FOUND', 'periodId', { id: row.periodId }));
    const ratee = staff.get(row.rateeNip.trim()) ?? null;
    // A NIP is personal data, also in a message.
    if (ratee === null) problems.push(problem('NOT_FOUND', 'rateeNip'));
    else if (ratee.id === actor.staffId) problems.push(problem('FORBIDDEN', 'rateeNip'));
    const raterId = raterOf(row, staff);
    if (raterId === null) {
      problems.push(problem(row.group === 'PUBLIC' ? 'INVALID_FORMAT' : 'NOT_FOUND', 'rater'));
    }
    const instrument =
      row.instrumentVersion == null
        ? newestVersion(instruments, row.instrumentId)
        : (instruments.find(
            ({ id, version }) => id === row.instrumentId && version === row.instrumentVersion,
          ) ?? null);
    if (instrument === null) problems.push(problem('NOT_FOUND', 'instrumentId', { id: row.instrumentId }));
    else problems.push(...checkScores(instrument, row.scores));
    problems.push(...checkText(row.comment ?? '', 'comment', LONGEST_COMMENT, 'TEXT', null));
    const address = period && ratee && staffAddress(ratee, period.year);
    if (period !== null && ratee !== null) {
      const day = ratingDay(period, today);
      const rated = partyOn(organisation, ratee, day);
      if (address === null || rated === null) problems.push(problem('NOT_MEMBER', 'rateeNip'));
      else if (row.group !== 'PUBLIC') {
        const rater = staff.get(row.rater.trim());
        const rating = rater && partyOn(organisation, rater, day);
        if (rater !== undefined) {
          problems.push(
            ...(rating
              ? checkRater(row.group, rating, rated)
              : [problem('NOT_A_RATER', 'group', { group: row.group })]),
          );
        }
      }
    }
    if (address === null || ratee === null || raterId === null || instrument === null)
      return { index, problems };
    const key = { periodId: row.periodId, rateeId: ratee.id, group: row.group, raterId };
    return { index, row, address, key, instrument, problems };
  });

  const found = located.filter((each) => 'key' in each);
  const existing = await existingRatings(deps, found);
  return located.map((each): PreparedRow => {
    if (!('key' in each)) return each;
    const { index, row, address, key, instrument, problems } = each;
    const before = existing.get(JSON.stringify(key)) ?? null;
    const after: Rating = {
      ...key,
      instrumentId: instrument.id,
      instrumentVersion: instrument.version,
      scores: row.scores,
      comment: tidy(row.comment ?? '') || null,
      source: 'IMPORT',
      ratedAt: deps.now(),
      version: before?.version ?? 0,
    };
    const replaces = before?.source !== 'RATER';
    if (problems.length === 0 && replaces && before !== null && contentOf(before) === contentOf(after)) {
      return { index, unchanged: true };
    }
    const all = [...problems, ...checkTakesRatings(periodById.get(key.periodId) ?? null, key.periodId)];
    if (all.length === 0 && !replaces) all.push(problem('ALREADY_EXISTS', 'rater'));
    return all.length > 0
      ? { index, problems: all }
      : { index, write: store.ratings.save(address, before, after) };
  });
}

function raterOf({ group, rater }: RatingRow, staff: ReadonlyMap<string, Staff>): string | null {
  const text = rater.trim();
  if (group !== 'PUBLIC') return staff.get(text)?.id ?? null;
  return PUBLIC_REFERENCE.test(text) ? text : null;
}

const contentOf = ({ instrumentId, instrumentVersion, scores, comment }: Rating): string =>
  canonicalJson({ instrumentId, instrumentVersion, scores, comment });

/** The ratings that are there, in one batch for each work collection. */
async function existingRatings(
  { store }: Deps,
  rows: readonly Located[],
): Promise<ReadonlyMap<string, Stored<Rating>>> {
  const found = new Map<string, Stored<Rating>>();
  const collections = Map.groupBy(rows, ({ address }) => JSON.stringify(address));
  await Promise.all(
    [...collections.values()].map(async (together) => {
      const address = together[0]?.address;
      if (address === undefined) return;
      const ratings = await store.ratings.getMany(
        address,
        together.map(({ key }) => key),
      );
      together.forEach(({ key }, at) => {
        const rating = ratings[at];
        if (rating) found.set(JSON.stringify(key), rating);
      });
    }),
  );
  return found;
}
