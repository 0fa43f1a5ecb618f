import { type JointActivity, partsToDecide } from '../domain/joint/joint-activity.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec, StoredItemError } from './codec.ts';
import type { JointActivityStore } from './contract/joint-activity.ts';
import {
  auditName,
  jointActivityKey,
  jointSort,
  jointsOfStaffPartition,
  jointsOfUnitPartition,
  jointsWaitingPartition,
  jointWaitingSort,
} from './keys.ts';
import * as schemas from './schemas/joint-activity.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { type Action, prepare } from './write.ts';

const PATTERN = 'JOINT# / JOINT';
const codec = entityCodec<JointActivity>(PATTERN, schemas.jointActivity);

/** The partitions in which an activity is entered. */
const listsOf = (activity: JointActivity | null): string[] =>
  activity === null
    ? []
    : [
        ...new Set([
          jointsOfUnitPartition(activity.leadUnitId),
          ...activity.participants.flatMap(({ staffId, unitId }) => [
            jointsOfUnitPartition(unitId),
            jointsOfStaffPartition(staffId),
          ]),
        ]),
      ];

/** Its place among those in which a part waits for a decision; nothing for the others. */
const waiting = (activity: JointActivity): Readonly<Record<string, string>> =>
  partsToDecide(activity).length === 0
    ? {}
    : { gsi2pk: jointsWaitingPartition, gsi2sk: jointWaitingSort(activity.from, activity.id) };

export function jointActivityStore(table: Table): JointActivityStore {
  const enter = (activity: JointActivity, pk: string): Action => {
    const key = { pk, sk: jointSort(activity) };
    return {
      key,
      item: { Put: { TableName: table.name, Item: { ...key, id: activity.id } } },
      refusal: () => null,
    };
  };
  return {
    get: async (id) => {
      const item = await getItem(table, jointActivityKey(id));
      return item === undefined ? null : codec.read(item);
    },
    of: async (whom, page) => {
      const pk = 'unitId' in whom ? jointsOfUnitPartition(whom.unitId) : jointsOfStaffPartition(whom.staffId);
      const entries = await queryList(table, { pk }, page, (item) => String(item['id']));
      const items = await getItems(
        table,
        entries.items.map(({ value }) => jointActivityKey(value)),
      );
      return {
        items: entries.items.map(({ position }, at) => {
          const item = items[at];
          if (item === undefined) throw new StoredItemError(PATTERN, 'an entry without its activity');
          return { value: codec.read(item), position };
        }),
        hasMore: entries.hasMore,
      };
    },
    waiting: async (since) =>
      (await queryAll(table, { index: 'gsi2', pk: jointsWaitingPartition, from: since })).map(codec.read),
    save: (before, after) => {
      const known = new Set(listsOf(before));
      return prepare(
        {
          audit: auditName.jointActivity(after.id),
          key: jointActivityKey(after.id),
          ...codec.change(before, after),
          attributes: waiting(after),
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () =>
          listsOf(after)
            .filter((pk) => !known.has(pk))
            .map((pk) => enter(after, pk)),
      );
    },
  };
}
