import type { Acknowledgement, Announcement } from '../domain/forum/announcement.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import type { AnnouncementStore } from './contract/forum.ts';
import {
  acknowledgementKey,
  announcementKey,
  announcementsPartition,
  auditName,
  latestFirst,
  publicAnnouncementsPartition,
} from './keys.ts';
import { requireOpen } from './require-open.ts';
import * as schemas from './schemas/forum.ts';
import { getItem, type Item, queryList, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Announcement>('ANNOUNCEMENT# / ANNOUNCEMENT', schemas.announcement);
const acknowledgementCodec = entityCodec<Acknowledgement>('ANNOUNCEMENT# / ACK#', schemas.acknowledgement);

const readMany = (items: readonly (Item | undefined)[]) =>
  items.map((item) => (item === undefined ? null : acknowledgementCodec.read(item)));

export function announcementStore(table: Table): AnnouncementStore {
  return {
    get: async (id) => {
      const item = await getItem(table, announcementKey(id));
      return item === undefined ? null : codec.read(item);
    },
    list: (of, page) =>
      queryList(
        table,
        of === 'PUBLIC'
          ? { index: 'gsi2', pk: publicAnnouncementsPartition }
          : { index: 'gsi1', pk: announcementsPartition(of) },
        page,
        codec.read,
      ),
    save: (before, after) => {
      const order = latestFirst(after.publishedAt, after.id);
      const { unitId, audience } = after;
      const list = unitId === null || audience === 'REGION' ? 'REGION' : { unitId, audience };
      return prepare({
        audit: auditName.announcement(after.id),
        key: announcementKey(after.id),
        ...codec.change(before, after),
        attributes: {
          gsi1pk: announcementsPartition(list),
          gsi1sk: order,
          open: after.withdrawn === null,
          ...(after.isPublic &&
            after.withdrawn === null && { gsi2pk: publicAnnouncementsPartition, gsi2sk: order }),
        },
        ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
      });
    },
    acknowledgements: async (announcementId, staffIds) =>
      readMany(
        await getItems(
          table,
          staffIds.map((staffId) => acknowledgementKey(announcementId, staffId)),
        ),
      ),
    acknowledgedBy: async (staffId, announcementIds) =>
      readMany(
        await getItems(
          table,
          announcementIds.map((id) => acknowledgementKey(id, staffId)),
        ),
      ),
    acknowledge: (acknowledgement) => {
      const { announcementId, staffId } = acknowledgement;
      return prepare(
        {
          audit: auditName.acknowledgement(announcementId, staffId),
          key: acknowledgementKey(announcementId, staffId),
          versionBefore: 0,
          hashBefore: null,
          text: acknowledgementCodec.toText(acknowledgement, 1),
          attributes: {},
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: announcementId }),
        },
        () => [requireOpen(table, announcementKey(announcementId), 'WITHDRAWN')],
      );
    },
  };
}
