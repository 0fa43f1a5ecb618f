import { conflict } from './commit.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';
import type { Action } from './write.ts';

/** Something that is only read, not changed, is still at that version when the transaction is carried out. */
export function requireUnchanged(table: Table, key: Key, version: number): Action {
  return {
    key,
    item: {
      ConditionCheck: {
        TableName: table.name,
        Key: key,
        ...unchanged(version),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: conflict,
    shared: `require ${version}`,
  };
}

/** The condition that an item is at a version; 0: it has never been written. */
export const unchanged = (version: number, values: Readonly<Record<string, unknown>> = {}) => ({
  ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ...((version !== 0 || Object.keys(values).length > 0) && {
    ExpressionAttributeValues: { ...values, ...(version !== 0 && { ':version': version }) },
  }),
});
