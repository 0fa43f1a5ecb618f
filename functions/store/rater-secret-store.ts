import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { readText } from './codec.ts';
import type { RaterSecretStore } from './contract/rating.ts';
import { raterSecretKey } from './keys.ts';
import { getItem, type Item, type Table } from './table.ts';
import type { Action } from './write.ts';

const PATTERN = 'PERIOD# / RATER_SECRET';
const SECRET_BYTES = 32;

export function raterSecretStore(table: Table): RaterSecretStore {
  const read = async (periodId: string): Promise<Item | undefined> =>
    getItem(table, raterSecretKey(periodId));
  return {
    get: async (periodId) => {
      const item = await read(periodId);
      return item === undefined ? null : secretIn(item);
    },
    ensure: async (periodId) => {
      const known = await read(periodId);
      if (known !== undefined) return secretIn(known);
      const secret = randomBytes(SECRET_BYTES).toString('hex');
      try {
        await table.client.send(
          new PutCommand({
            TableName: table.name,
            Item: { ...raterSecretKey(periodId), secret },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return secret;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const other = await read(periodId);
        return other === undefined ? null : secretIn(other);
      }
    },
  };
}

const secretIn = (item: Item): string | null =>
  item['destroyed'] === true ? null : readText(PATTERN, item, 'secret');

/** Writes over the secret, so that nobody can tell any more whose a pseudonym was; and none is ever made again. */
export function destroyRaterSecret(table: Table, periodId: string): Action {
  const key = raterSecretKey(periodId);
  return {
    key,
    item: { Put: { TableName: table.name, Item: { ...key, destroyed: true } } },
    refusal: () => null,
  };
}
