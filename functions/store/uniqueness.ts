import { problem } from '../domain/problem.ts';
import type { Key } from './keys.ts';
import type { Table } from './table.ts';
import type { Action } from './write.ts';

/** A value that only one entity may have, kept by an item of its own. */
export interface Unique {
  readonly field: string;
  /** Id of the entity that has the value. */
  readonly owner: string;
  readonly before: { readonly key: Key } | null;
  /** `shown`: the value as a message may say it; null for personal data. */
  readonly after: { readonly key: Key; readonly shown: string | null };
}

/** Takes the new value and gives the old one up; nothing when it stays the same. */
export function uniqueness(table: Table, { field, owner, before, after }: Unique): Action[] {
  if (before?.key.pk === after.key.pk) return [];
  const take: Action = {
    key: after.key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...after.key, id: owner },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('ALREADY_EXISTS', field, after.shown === null ? {} : { id: after.shown }),
  };
  if (before === null) return [take];
  const giveUp: Action = {
    key: before.key,
    item: { Delete: { TableName: table.name, Key: before.key } },
    refusal: () => null,
  };
  return [take, giveUp];
}
