import type { Receipt } from '../domain/objection/receipt.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { ReceiptStore } from './contract/objection.ts';
import { auditName, receiptKey, receiptsPartition } from './keys.ts';
import * as schemas from './schemas/objection.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Receipt>('RECEIPTS# / staff', schemas.receipt);

export function receiptStore(table: Table): ReceiptStore {
  return {
    get: async (shard, staffId) => {
      const item = await getItem(table, receiptKey(shard, staffId));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (of) =>
      (
        await getItems(
          table,
          of.map(({ shard, staffId }) => receiptKey(shard, staffId)),
        )
      ).map((item) => (item === undefined ? null : codec.read(item))),
    ofShard: async (shard) =>
      new Map(
        (await queryAll(table, { pk: receiptsPartition(shard) }))
          .map(codec.read)
          .map(({ staffId, receivedOn }) => [staffId, receivedOn]),
      ),
    save: (before, after) =>
      prepare({
        audit: auditName.receipt(after, after.staffId),
        key: receiptKey(after, after.staffId),
        ...codec.change(before, after),
        attributes: {},
        ifPresent: conflict,
      }),
  };
}
