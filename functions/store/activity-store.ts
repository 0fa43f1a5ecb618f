import { type Activity, monthOfDay, readActivityId } from '../domain/activity/activity.ts';
import { periodsCovering } from '../domain/period/span.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { ActivityStore } from './contract/activity.ts';
import {
  activitiesInStatePartition,
  activityDaySort,
  activityKey,
  activityPrefix,
  auditName,
  workPartition,
} from './keys.ts';
import * as schemas from './schemas/activity.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Activity>('WORK# / ACT#', schemas.activity);

export function activityStore(table: Table): ActivityStore {
  return {
    get: async (address, id) => {
      const place = readActivityId(id);
      const item = place === null ? undefined : await getItem(table, activityKey(address, place));
      return item === undefined ? null : codec.read(item);
    },
    ofMonth: async (address, planId, month) =>
      (await queryAll(table, { pk: workPartition(address), prefix: activityPrefix(planId, month) })).map(
        codec.read,
      ),
    ofPlan: (address, planId, { from, to }, page) =>
      queryList(
        table,
        { pk: workPartition(address), from: activityPrefix(planId, from), to: activityPrefix(planId, to) },
        page,
        codec.read,
      ),
    ofCollection: (address, state, { from, to }, page) =>
      queryList(
        table,
        { index: 'gsi1', pk: activitiesInStatePartition(address, state), from, to },
        page,
        codec.read,
      ),
    save: (address, before, after) => {
      const place = readActivityId(after.id);
      if (place === null) throw new TypeError('not the id of an activity');
      return prepare(
        {
          audit: auditName.activity(place),
          key: activityKey(address, place),
          ...codec.change(before, after),
          attributes: {
            gsi1pk: activitiesInStatePartition(address, after.state),
            gsi1sk: activityDaySort(place),
          },
          ifPresent: conflict,
        },
        undefined,
        periodsCovering(monthOfDay(after.day)).map((periodId) => ({ kind: 'NOT_SHUT', periodId })),
      );
    },
  };
}
