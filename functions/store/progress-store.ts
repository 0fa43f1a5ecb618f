import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson } from '../domain/canonical-json.ts';
import { pack, readBody } from './codec.ts';
import type { ProgressStore } from './contract/progress.ts';
import { peopleProgressKey, progressPartition, unitProgressKey } from './keys.ts';
import * as schemas from './schemas/progress.ts';
import { getItem, type Item, queryAll, type Table } from './table.ts';

const PATTERN = 'PROGRESS# / unit';
const PEOPLE = 'PROGRESSOF# / year';

const readUnit = (item: Item) => readBody(PATTERN, schemas.unitProgress, item['body']);

export function progressStore(table: Table): ProgressStore {
  return {
    ofYear: async (year) => (await queryAll(table, { pk: progressPartition(year) })).map(readUnit),
    unit: async (year, unitId) => {
      const item = await getItem(table, unitProgressKey(year, unitId));
      return item === undefined ? null : readUnit(item);
    },
    people: async (year, unitId) => {
      const item = await getItem(table, peopleProgressKey(year, unitId));
      return item === undefined ? [] : readBody(PEOPLE, schemas.peopleProgress, item['body']);
    },
    put: async (progress, people) => {
      const { year, unitId } = progress;
      const items = [
        { ...unitProgressKey(year, unitId), body: pack(canonicalJson(progress)) },
        { ...peopleProgressKey(year, unitId), body: pack(canonicalJson(people)) },
      ];
      await table.client.send(
        new TransactWriteCommand({
          TransactItems: items.map((Item) => ({ Put: { TableName: table.name, Item } })),
        }),
      );
    },
  };
}
