import { isOpen, type Objection } from '../domain/objection/objection.ts';
import { problem } from '../domain/problem.ts';
import type { ObjectionRegister } from './contract/objection.ts';
import { objectionRegisterKey } from './keys.ts';
import { getItem, type Table } from './table.ts';
import type { Action } from './write.ts';

const membersOf = (set: unknown): readonly string[] =>
  set instanceof Set ? [...set].filter((member) => typeof member === 'string').sort() : [];

/** DynamoDB drops a set with its last member. */
export async function readRegister(
  table: Table,
  periodId: string,
  attempt: number,
): Promise<ObjectionRegister> {
  const item = await getItem(table, objectionRegisterKey(periodId, attempt));
  return {
    open: membersOf(item?.['open']),
    decided: membersOf(item?.['decided']),
    closed: item?.['closed'] === true,
  };
}

/** What a change of an objection does to the register of its close. A closed register takes nothing but what it superseded. */
export function registerAction(table: Table, before: Objection | null, after: Objection): Action {
  const key = objectionRegisterKey(after.periodId, after.attempt);
  const change = changeOf(before !== null && isOpen(before), after);
  const guarded = after.state !== 'SUPERSEDED';
  const condition = guarded && {
    ConditionExpression: 'attribute_not_exists(closed)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  return {
    key,
    item:
      change === null
        ? {
            ConditionCheck: {
              TableName: table.name,
              Key: key,
              ConditionExpression: 'attribute_not_exists(closed)',
            },
          }
        : {
            Update: {
              TableName: table.name,
              Key: key,
              UpdateExpression: change,
              ExpressionAttributeNames: {
                ...(change.includes('#open') && { '#open': 'open' }),
                ...(change.includes('#decided') && { '#decided': 'decided' }),
              },
              ExpressionAttributeValues: { ':staff': new Set([after.staffId]) },
              ...condition,
            },
          },
    // Whoever reads the period again finds out why.
    refusal: () => problem('CONFLICT'),
  };
}

const changeOf = (wasOpen: boolean, after: Objection): string | null => {
  if (isOpen(after)) return wasOpen ? null : 'ADD #open :staff';
  return after.state === 'CHANGED' ? 'DELETE #open :staff ADD #decided :staff' : 'DELETE #open :staff';
};

/**
 * Closes the register of a close for good: nothing is filed or decided any more.
 * @param whenSettled only when nothing is open and nothing decided waits for a run
 */
export function closeRegister(table: Table, periodId: string, attempt: number, whenSettled: boolean): Action {
  const key = objectionRegisterKey(periodId, attempt);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET closed = :true',
        ExpressionAttributeValues: { ':true': true },
        ...(whenSettled && {
          ConditionExpression: 'attribute_not_exists(#open) AND attribute_not_exists(#decided)',
          ExpressionAttributeNames: { '#open': 'open', '#decided': 'decided' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}

/** What a published run holds waits for none any more. */
export function takeFromRegister(
  table: Table,
  periodId: string,
  attempt: number,
  staffIds: readonly string[],
): Action {
  const key = objectionRegisterKey(periodId, attempt);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'DELETE #decided :staff',
        ExpressionAttributeNames: { '#decided': 'decided' },
        ExpressionAttributeValues: { ':staff': new Set(staffIds) },
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}
