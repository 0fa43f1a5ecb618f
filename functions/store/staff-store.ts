import { addDays, localDateOf } from '../domain/calendar.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Membership, Staff } from '../domain/organisation/staff.ts';
import { problem } from '../domain/problem.ts';
import type { Instant, IsoDate } from '../domain/time.ts';
import { getItems } from './batch-get.ts';
import { bodyAlone, entityCodec, hotShape, pack, readBody, readOnce, readText } from './codec.ts';
import { MalformedCommitError } from './commit.ts';
import type { Page, PageRequest, Stored } from './contract/stored.ts';
import { everNamed, nameAssessor, newlyNamed, reopenDelegations, shutDelegations } from './delegations.ts';
import {
  auditName,
  delegationVersionKey,
  type IndexName,
  membershipKey,
  membershipSort,
  namePartition,
  namePrefix,
  nameSort,
  nipKey,
  rosterPartition,
  rosterVersionKey,
  staffKey,
  staffOfAssessorPartition,
  staffOfUnitPartition,
} from './keys.ts';
import { requireVersion } from './organisation-store.ts';
import { membershipsOf } from './roster.ts';
import * as schemas from './schemas.ts';
import type { StaffStore } from './store.ts';
import { getItem, type Item, queryAll, queryList, type Table } from './table.ts';
import { uniqueness } from './uniqueness.ts';
import { requireUnchanged } from './version-check.ts';
import { type Action, prepare } from './write.ts';

const codec = entityCodec<Staff>('STAFF# / STAFF', schemas.staff);
const ROSTER = 'ROSTER# / staff#from';

/**
 * Stays that ended and are written again with the next change of the person, without their place in the lists: a move that
 * is entered ahead ends a stay that is still listed. Hardly anybody is moved ahead more than twice.
 */
const ENDED_STAYS = 3;

export function staffStore(table: Table): StaffStore {
  const get: StaffStore['get'] = async (id) => {
    const item = await getItem(table, staffKey(id));
    return item === undefined ? null : codec.read(item);
  };

  const getMany: StaffStore['getMany'] = async (ids) =>
    (await getItems(table, ids.map(staffKey))).map((item) => (item === undefined ? null : codec.read(item)));

  /** Members in force on a day, from an index over the roster: each of its items carries a copy of the person. */
  const members = (
    index: IndexName,
    pk: string,
    page: PageRequest,
    on: IsoDate,
  ): Promise<Page<Stored<Staff>>> =>
    queryList(
      table,
      {
        index,
        pk,
        filter: {
          expression: '#from <= :day AND (attribute_not_exists(#until) OR #until >= :day)',
          names: { '#from': 'from', '#until': 'until' },
          values: { ':day': on },
        },
      },
      page,
      readCopy,
    );

  return {
    get,
    getMany,
    findByNip: async (nip) => {
      const item = await getItem(table, nipKey(nip));
      return item === undefined ? null : get(String(item['id']));
    },
    ofUnit: (unitId, page, on) => members('gsi1', staffOfUnitPartition(unitId), page, on),
    ofNamedAssessor: (assessorId, page, on) =>
      members('gsi3', staffOfAssessorPartition(assessorId), page, on),
    everNamed: (assessorId) => everNamed(table, assessorId),
    assessedFrom: async (assessorId, from) =>
      (await getMany(await everNamed(table, assessorId)))
        .flatMap((staff) => (staff === null ? [] : membershipsOf(staff)))
        .filter((stay) => stay.assessorId === assessorId && (stay.to === null || stay.to >= from)),
    byName: async (prefix, page) => {
      const compared = namePrefix(prefix);
      if (compared === '') return { items: [], hasMore: false };
      return queryList(
        table,
        { index: 'gsi2', pk: namePartition(prefix), prefix: compared },
        page,
        codec.read,
      );
    },
    roster: async (collection) =>
      (await queryAll(table, { pk: rosterPartition(collection), attributes: bodyAlone })).map(readMembership),
    rosterVersion: async (unitId) =>
      Number((await getItem(table, rosterVersionKey(unitId)))?.['version'] ?? 0),
    delegationVersion: async (assessorId) =>
      Number((await getItem(table, delegationVersionKey(assessorId)))?.['version'] ?? 0),
    save: (before, after, { organisationVersion, delegationVersion } = {}) => {
      const change = codec.change(before, after);
      const changes = rosterChanges(before, after);
      return prepare(
        {
          audit: auditName.staff(after.id),
          key: staffKey(after.id),
          ...change,
          attributes: { gsi2pk: namePartition(after.name), gsi2sk: nameSort(after.name, after.id) },
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        ({ auditHash, at }) => [
          ...uniqueness(table, {
            field: 'nip',
            owner: after.id,
            before: before && { key: nipKey(before.nip) },
            after: { key: nipKey(after.nip), shown: null },
          }),
          ...(organisationVersion === undefined ? [] : [requireVersion(table, organisationVersion)]),
          ...changes.joined.map((unitId) => joinRoster(table, unitId)),
          ...changes.named.flatMap((named) => nameAssessor(table, after.id, named)),
          ...delegations(table, before, after, delegationVersion),
          ...changes.removed.map((membership) => removeMembership(table, membership)),
          ...staysToWrite(changes.kept, at).map((membership) =>
            putMembership(table, after, membership, { text: change.text, auditHash, at }),
          ),
        ],
        changes.firstDay === null ? [] : [{ kind: 'YEARS_FROM', year: Number(changes.firstDay.slice(0, 4)) }],
      );
    },
  };
}

interface RosterChanges {
  readonly removed: readonly Membership[];
  /** Oldest first. Changed ones must be written; the others only carry a copy of the person that is kept up to date. */
  readonly kept: readonly { readonly membership: Membership; readonly changed: boolean }[];
  /** Units in which somebody serves on days on which they did not before. */
  readonly joined: readonly string[];
  /** Delegated assessors whom they name on such days. */
  readonly named: ReturnType<typeof newlyNamed>;
  /** The first day on which the roster says something else than before; null: it says the same. */
  readonly firstDay: IsoDate | null;
}

function rosterChanges(before: Staff | null, after: Staff): RosterChanges {
  const addressOf = ({ unitId, shard, from }: Membership) => JSON.stringify([unitId, shard, from]);
  const staysBefore = before === null ? [] : membershipsOf(before);
  const earlier = new Map(staysBefore.map((one) => [addressOf(one), one]));
  const days: IsoDate[] = [];
  const joined = new Set<string>();
  const kept = membershipsOf(after).map((membership) => {
    const previous = earlier.get(addressOf(membership));
    earlier.delete(addressOf(membership));
    const day = previous === undefined ? membership.from : firstDifference(previous, membership);
    if (day !== null) days.push(day);
    const further = previous === undefined || reachesFurther(membership, previous);
    if (further) joined.add(membership.unitId);
    return {
      membership,
      changed: day !== null,
      named: further || previous.assessorId !== membership.assessorId,
    };
  });
  const removed = [...earlier.values()];
  days.push(...removed.map(({ from }) => from));
  return {
    removed,
    kept,
    joined: [...joined],
    named: newlyNamed(kept, staysBefore),
    firstDay: days.sort()[0] ?? null,
  };
}

const reachesFurther = (a: Membership, b: Membership): boolean =>
  b.to !== null && (a.to === null || a.to > b.to);

function staysToWrite(kept: RosterChanges['kept'], at: Instant): Membership[] {
  const ended = kept.filter(({ membership }) => isOver(membership, at)).slice(-ENDED_STAYS);
  return kept
    .filter((stay) => stay.changed || !isOver(stay.membership, at) || ended.includes(stay))
    .map(({ membership }) => membership);
}

/**
 * A retirement bars the person from being named as assessor, a return lets them be named again (until then nobody could); else nobody
 * has named them since the decision.
 */
function delegations(
  table: Table,
  before: Staff | null,
  after: Staff,
  delegationVersion: number | undefined,
): readonly Action[] {
  const [retired, retires] = [before?.retiredFrom ?? null, after.retiredFrom];
  if (retires === null && retired !== null) return [reopenDelegations(table, after.id)];
  if ((retires === null) === (retired === null))
    return delegationVersion === undefined
      ? []
      : [requireUnchanged(table, delegationVersionKey(after.id), delegationVersion)];
  const version = delegationVersion ?? (before === null ? 0 : undefined);
  if (version === undefined) throw new MalformedCommitError('a retirement that does not say who is assessed');
  return [shutDelegations(table, after.id, version)];
}

/** Says that the unit has one more stay. Refused when it is retired: whoever looks again is told so. */
function joinRoster(table: Table, unitId: string): Action {
  const key = rosterVersionKey(unitId);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'ADD #version :one',
        ConditionExpression: 'attribute_not_exists(retired)',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('CONFLICT'),
    shared: 'join',
  };
}

/** From when on two versions of a stay differ; null: they are the same. */
function firstDifference(a: Membership, b: Membership): IsoDate | null {
  if (canonicalJson({ ...a, to: null }) !== canonicalJson({ ...b, to: null })) return a.from;
  if (a.to === b.to) return null;
  const firstEnd = [a.to, b.to].filter((day) => day !== null).sort()[0];
  return firstEnd === undefined ? null : addDays(firstEnd, 1);
}

/** Over everywhere on earth by then, so that no list of today's members needs it. */
const isOver = ({ to }: Membership, at: Instant): boolean => to !== null && to < localDateOf(at, -12 * 60);

function putMembership(
  table: Table,
  staff: Staff,
  membership: Membership,
  { text, auditHash, at }: { readonly text: string; readonly auditHash: string; readonly at: Instant },
): Action {
  const key = membershipKey(membership, staff.id, membership.from);
  const sort = membershipSort(staff.name, staff.id, membership.from);
  const { assessorId, from, to } = membership;
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: {
          ...key,
          body: canonicalJson(membership),
          ...(!isOver(membership, at) && {
            staff: pack(text),
            auditHash,
            from,
            ...(to !== null && { until: to }),
            gsi1pk: staffOfUnitPartition(membership.unitId),
            gsi1sk: sort,
            ...(assessorId !== null && { gsi3pk: staffOfAssessorPartition(assessorId), gsi3sk: sort }),
          }),
        },
      },
    },
    refusal: () => null,
  };
}

function removeMembership(table: Table, membership: Membership): Action {
  const key = membershipKey(membership, membership.staffId, membership.from);
  return { key, item: { Delete: { TableName: table.name, Key: key } }, refusal: () => null };
}

const membership = hotShape(schemas.membership);
const copy = hotShape(schemas.staff);
const readMembership = (item: Item): Membership => readOnce(ROSTER, membership, item['body']);

/** The person in a roster item. */
const readCopy = (item: Item): Stored<Staff> => ({
  ...readBody(ROSTER, copy, item['staff']),
  auditHash: readText(ROSTER, item, 'auditHash'),
});
