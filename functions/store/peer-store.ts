import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { approvedOf, NOTHING_DRAWN, type PeerPanel, type RatingDecline } from '../domain/peers/peer-panel.ts';
import { problem } from '../domain/problem.ts';
import type { RaterGroup } from '../domain/rating/rating.ts';
import { getItems } from './batch-get.ts';
import { entityCodec, readText } from './codec.ts';
import { conflict } from './commit.ts';
import type { PeerStore } from './contract/peers.ts';
import type { WorkAddress, Write } from './contract/stored.ts';
import {
  auditName,
  declinedSort,
  declinedSortPrefix,
  declineKey,
  drawProgressKey,
  type Key,
  panelKey,
  panelPrefix,
  peerAssignmentKey,
  peerSort,
  peerSortPrefix,
  raterPartition,
  workPartition,
} from './keys.ts';
import { peerPanel, ratingDecline } from './schemas/peers.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { type Action, accompany, prepare } from './write.ts';

const codec = entityCodec<PeerPanel>('WORK# / PANEL#', peerPanel);
const declineCodec = entityCodec<RatingDecline>('WORK# / DECLINE#', ratingDecline);

export function peerStore(table: Table): PeerStore {
  /** Ratees in the index of what a staff member has to do with as a rater. */
  const ratees = async (staffId: string, periodId: string, prefix: string): Promise<string[]> =>
    (await queryAll(table, { index: 'gsi1', pk: raterPartition(staffId, periodId), prefix })).map((item) =>
      readText('RATER#', item, 'rateeId'),
    );
  return {
    panel: async ({ address, periodId, staffId }) => {
      const item = await getItem(table, panelKey(address, periodId, staffId));
      return item === undefined ? null : codec.read(item);
    },
    panels: async (wanted) =>
      (
        await getItems(
          table,
          wanted.map(({ address, periodId, staffId }) => panelKey(address, periodId, staffId)),
        )
      ).map((item) => (item === undefined ? null : codec.read(item))),
    panelsOfCollection: async (address, periodId) =>
      (await queryAll(table, { pk: workPartition(address), prefix: panelPrefix(periodId) })).map(codec.read),
    assignedTo: (staffId, periodId) => ratees(staffId, periodId, peerSortPrefix),
    savePanel: (address, before, after) =>
      prepare(
        {
          audit: auditName.peerPanel(after.periodId, after.staffId),
          key: panelKey(address, after.periodId, after.staffId),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: conflict,
        },
        () => assignments(table, address, before, after),
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
    drawProgress: async (periodId) => {
      const item = await getItem(table, drawProgressKey(periodId));
      return item === undefined
        ? NOTHING_DRAWN
        : {
            after: typeof item['after'] === 'string' ? item['after'] : null,
            refused: item['refused'] === true,
            done: item['done'] === true,
          };
    },
    saveDrawProgress: async (periodId, progress) => {
      await table.client.send(
        new PutCommand({ TableName: table.name, Item: { ...drawProgressKey(periodId), ...progress } }),
      );
    },
    declinedBy: (staffId, periodId) => ratees(staffId, periodId, declinedSortPrefix),
    saveDecline: (address, after) =>
      prepare(
        {
          audit: auditName.ratingDecline(after),
          key: declineKey(address, after),
          versionBefore: 0,
          hashBefore: null,
          text: declineCodec.toText(after, 1),
          attributes: {
            gsi1pk: raterPartition(after.raterId, after.periodId),
            gsi1sk: declinedSort(after.rateeId),
            rateeId: after.rateeId,
          },
          ifPresent: () => problem('ALREADY_EXISTS', 'rateeId', { id: after.rateeId }),
        },
        undefined,
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
    requireAssigned: (address, pair) =>
      requireOf(table, peerAssignmentKey(address, pair, pair.raterId), 'PEER', 'attribute_exists(pk)'),
    requireNotDeclined: (address, pair) =>
      requireOf(table, declineKey(address, pair), 'SUBORDINATE', 'attribute_not_exists(pk)'),
  };
}

/** A condition on an item that a declining peer or subordinate leaves behind or takes away. */
const requireOf = (table: Table, key: Key, group: RaterGroup, condition: string): Write =>
  accompany(() => [
    {
      key,
      item: { ConditionCheck: { TableName: table.name, Key: key, ConditionExpression: condition } },
      refusal: () => problem('NOT_A_RATER', 'group', { group }),
    },
  ]);

/** An item for each rater who is newly assigned, by which they find their task; gone for whoever is not any more. */
function assignments(
  table: Table,
  address: WorkAddress,
  before: PeerPanel | null,
  { periodId, staffId, assigned, members }: PeerPanel,
): Action[] {
  const was = new Set(before?.assigned ? approvedOf(before) : []);
  const is = new Set(assigned ? approvedOf({ members }) : []);
  const keyOf = (rater: string): Key => peerAssignmentKey(address, { periodId, rateeId: staffId }, rater);
  const action = (key: Key, item: Action['item']): Action => ({ key, item, refusal: () => null });
  return [
    ...[...is]
      .filter((rater) => !was.has(rater))
      .map((rater) => {
        const key = keyOf(rater);
        const index = { gsi1pk: raterPartition(rater, periodId), gsi1sk: peerSort(staffId) };
        return action(key, { Put: { TableName: table.name, Item: { ...key, ...index, rateeId: staffId } } });
      }),
    ...[...was]
      .filter((rater) => !is.has(rater))
      .map((rater) => action(keyOf(rater), { Delete: { TableName: table.name, Key: keyOf(rater) } })),
  ];
}
