import { problem } from '../domain/problem.ts';
import type { StateName } from '../domain/state-words.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';
import type { Action } from './write.ts';

/**
 * Something that others add to is still open when the transaction is carried out; it is neither changed nor hot: additions at
 * the same time do not stand in each other's way.
 * @param closed the state that WRONG_STATE names
 */
export const requireOpen = (table: Table, key: Key, closed: StateName): Action => ({
  key,
  item: {
    ConditionCheck: {
      TableName: table.name,
      Key: key,
      ConditionExpression: '#open = :true',
      ExpressionAttributeNames: { '#open': 'open' },
      ExpressionAttributeValues: { ':true': true },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
  refusal: () => problem('WRONG_STATE', '', { state: closed }),
  shared: 'open',
});
