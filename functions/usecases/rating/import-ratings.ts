import type { Actor } from '../../domain/access-policy.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { isInterested } from '../../domain/organisation/leading.ts';
import type { Staff } from '../../domain/organisation/staff.ts';
import type { Period } from '../../domain/period/period.ts';
import { type Problem, problem } from '../../domain/problem.ts';
import { newestVersion } from '../../domain/rating/instrument.ts';
import {
  checkScores,
  type Instrument,
  isAnonymousGroup,
  type RaterGroup,
  type Rating,
} from '../../domain/rating/rating.ts';
import { checkText, tidy } from '../../domain/text.ts';
import type { Stored, WorkAddress } from '../../store/contract/stored.ts';
import type { RatingKey } from '../../store/store.ts';
import type { Deps } from '../deps.ts';
import { type ImportOutcome, type ImportRow, type PreparedRow, performImport } from '../import-rows.ts';
import { officerToday } from '../interest.ts';
import { checkMayRate, chosenPeers } from '../peers/chosen-peer.ts';
import { findByNips } from '../staff/find-by-nips.ts';
import { staffAddress } from '../work-address.ts';
import { type NameRater, namesForReading, namesForWriting } from './rater-pseudonym.ts';
import { checkTakesRatings, partyOn, ratingDay } from './rating-day.ts';
import { notDeclined, ratingGiven, timeKept } from './rating-write.ts';
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

/**
 * A rating takes itself and its audit entry; by staff also the note that its rater has rated, and of those who may decline the
 * condition that they have not; a period takes one gate. DynamoDB takes 100 items in a transaction.
 */
const rowsATransaction = (rows: readonly ImportRow<RatingRow>[]): number => {
  const items = Math.max(...rows.map(({ row }) => ITEMS[row.group]));
  return Math.max(1, Math.floor((100 - new Set(rows.map(({ row }) => row.periodId)).size) / items));
};
const ITEMS: Readonly<Record<RaterGroup, number>> = {
  PUBLIC: 2,
  SUPERIOR: 3,
  SELF: 3,
  PEER: 4,
  SUBORDINATE: 4,
};

/**
 * Imports ratings into open periods, those of staff under the same rules as given by hand (none by who has declined), and none
 * about the importer or who leads them. A rating that an import brought with the same content is left alone, also when its period is closed. What
 * a rater gave is never replaced: whatever a row guesses of it, the answer is the same. @throws Rejection FORBIDDEN, REQUIRED,
 * TOO_MANY
 */
export function importRatings(deps: Deps, actor: Actor, input: readonly RatingRow[]): Promise<ImportOutcome> {
  return performImport(deps, actor, 'Mutation.importRatings', input, {
    named: {
      path: 'rater',
      by: ({ periodId, rateeNip, group, rater }) =>
        JSON.stringify([periodId, rateeNip.trim(), group, rater.trim()]),
    },
    rowsATransaction,
    prepare: (together) => prepareRatings(deps, actor, together),
  });
}

/** A row whose references were found. */
interface Located {
  readonly index: number;
  readonly row: RatingRow;
  readonly period: Period;
  readonly address: WorkAddress;
  readonly key: RatingKey;
  /** Null: no staff. */
  readonly staffId: string | null;
  /** Whether a panel says that they rate as a peer. */
  readonly isChosen: boolean;
  readonly instrument: Instrument;
  readonly problems: readonly Problem[];
}

async function prepareRatings(
  deps: Deps,
  actor: Actor,
  rows: readonly ImportRow<RatingRow>[],
): Promise<readonly PreparedRow[]> {
  const { store } = deps;
  const [{ organisation, officer, today }, periods, instruments, retired, staff] = await Promise.all([
    officerToday(deps, actor),
    store.periods.list(),
    store.instruments.list(),
    store.instruments.retired(),
    findByNips(
      deps,
      rows.flatMap(({ row }) =>
        row.group === 'PUBLIC' ? [row.rateeNip.trim()] : [row.rateeNip.trim(), row.rater.trim()],
      ),
    ),
  ]);
  const periodById = new Map<string, Period>(periods.map((period) => [period.id, period]));

  const rated = rows.flatMap(({ row }) => {
    const period = periodById.get(row.periodId);
    const ratee = staff.get(row.rateeNip.trim());
    return row.group === 'PEER' && period !== undefined && ratee !== undefined ? [{ period, ratee }] : [];
  });
  const [nameRaters, chosen, refusals] = await Promise.all([
    namesOf(deps, rows, periodById),
    chosenPeers(deps, rated),
    refusalsOf(deps, rows, periodById),
  ]);

  const located = rows.map(({ index, row }): Located | PreparedRow => {
    const problems: Problem[] = [];
    const period = periodById.get(row.periodId) ?? null;
    if (period === null) problems.push(problem('NOT_FOUND', 'periodId', { id: row.periodId }));
    const ratee = staff.get(row.rateeNip.trim()) ?? null;
    // A NIP is personal data, also in a message.
    if (ratee === null) problems.push(problem('NOT_FOUND', 'rateeNip'));
    else if (isInterested(organisation, officer, [ratee.id], today))
      problems.push(problem('FORBIDDEN', 'rateeNip'));
    const person = raterOf(row, staff);
    if (person === null) {
      problems.push(problem(row.group === 'PUBLIC' ? 'INVALID_FORMAT' : 'NOT_FOUND', 'rater'));
    }
    const instrument =
      row.instrumentVersion == null
        ? newestVersion(instruments, row.instrumentId)
        : (instruments.find(
            ({ id, version }) => id === row.instrumentId && version === row.instrumentVersion,
          ) ?? null);
    if (instrument === null) problems.push(problem('NOT_FOUND', 'instrumentId', { id: row.instrumentId }));
    else {
      if (retired.has(instrument.id))
        problems.push(problem('RETIRED', 'instrumentId', { id: instrument.id }));
      problems.push(...checkScores(instrument, row.scores));
    }
    problems.push(...checkText(row.comment ?? '', 'comment', LONGEST_COMMENT, 'TEXT', null));
    const address = period && ratee && staffAddress(ratee, period.year);
    let onPanel: boolean | null = null;
    if (period !== null && ratee !== null) {
      const day = ratingDay(period, today);
      const rated = partyOn(organisation, ratee, day);
      if (address === null || rated === null) problems.push(problem('NOT_MEMBER', 'rateeNip'));
      else if (row.group !== 'PUBLIC') {
        const rater = staff.get(row.rater.trim());
        const rating = rater && partyOn(organisation, rater, day);
        if (rater !== undefined) {
          if (row.group === 'PEER') onPanel = chosen(period.id, ratee.id, rater.id);
          problems.push(...checkMayRate(row.group, rating ?? null, rated, onPanel));
        }
      }
    }
    if (period === null || address === null || ratee === null || person === null || instrument === null)
      return { index, problems };
    const raterId = isAnonymousGroup(row.group) ? nameRaters.get(row.periodId)?.(row.group, person) : person;
    // Nobody can be found any more: the period is final.
    if (raterId === undefined) return { index, problems: [...problems, ...(refusals.get(period.id) ?? [])] };
    const key = { periodId: row.periodId, rateeId: ratee.id, group: row.group, raterId };
    const staffId = row.group === 'PUBLIC' ? null : person;
    return { index, row, period, address, key, staffId, isChosen: onPanel === true, instrument, problems };
  });

  const found = located.filter((each) => 'key' in each);
  const existing = await existingRatings(deps, found);
  return located.map((each): PreparedRow => {
    if (!('key' in each)) return each;
    const { index, row, period, address, key, staffId, isChosen, instrument, problems } = each;
    const before = existing.get(JSON.stringify(key)) ?? null;
    const content = {
      instrumentId: instrument.id,
      instrumentVersion: instrument.version,
      scores: row.scores,
      comment: tidy(row.comment ?? '') || null,
    };
    const ratedAt = timeKept(row.group, deps.now());
    const after = ratingGiven(period, key, content, before, { source: 'IMPORT', ratedAt });
    const replaces = before?.source !== 'RATER';
    if (problems.length === 0 && replaces && before !== null && contentOf(before) === contentOf(after)) {
      return { index, unchanged: true };
    }
    const all = [...problems, ...(refusals.get(period.id) ?? [])];
    if (all.length === 0 && !replaces) all.push(problem('ALREADY_EXISTS', 'rater'));
    if (all.length > 0) return { index, problems: all };
    const { periodId, rateeId, group } = key;
    const pair = staffId === null ? null : { periodId, rateeId, raterId: staffId };
    return {
      index,
      write: store.ratings.save(address, before, after, staffId),
      provided: pair === null ? [] : notDeclined(deps, address, pair, group, isChosen),
    };
  });
}

/** By period that rows name: why it takes no ratings. */
async function refusalsOf(
  deps: Deps,
  rows: readonly ImportRow<RatingRow>[],
  periods: ReadonlyMap<string, Period>,
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const named = [...new Set(rows.flatMap(({ row }) => periods.get(row.periodId) ?? []))];
  return new Map(
    await Promise.all(
      named.map(async (period) => [period.id, await checkTakesRatings(deps, period, period.id)] as const),
    ),
  );
}

/** By period that anonymous rows name: how its raters are called. Only open periods get a secret. */
async function namesOf(
  deps: Deps,
  rows: readonly ImportRow<RatingRow>[],
  periods: ReadonlyMap<string, Period>,
): Promise<ReadonlyMap<string, NameRater>> {
  const wanted = new Set(rows.flatMap(({ row }) => (isAnonymousGroup(row.group) ? [row.periodId] : [])));
  const found = await Promise.all(
    [...wanted].map(async (periodId) => {
      const state = periods.get(periodId)?.state;
      if (state === undefined) return [];
      const names = await (state === 'OPEN' ? namesForWriting : namesForReading)(deps, periodId);
      return names === null ? [] : [[periodId, names] as const];
    }),
  );
  return new Map(found.flat());
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
