import type { Membership } from '../domain/organisation/staff.ts';
import { problem } from '../domain/problem.ts';
import { delegationKey, delegationPartition, delegationPrefix, delegationVersionKey } from './keys.ts';
import { queryAll, type Table } from './table.ts';
import { unchanged } from './version-check.ts';
import type { Action } from './write.ts';

// Who has ever named a person as delegated assessor lies under that person, beside a version that grows with each naming:
// an index would tell it too late for a retirement that is decided at the same moment.

/** Everybody who has, or had, a stay that names this assessor. */
export async function everNamed(table: Table, assessorId: string): Promise<readonly string[]> {
  const items = await queryAll(table, {
    pk: delegationPartition(assessorId),
    prefix: delegationPrefix,
    attributes: ['staffId'],
  });
  return items.map((item) => String(item['staffId']));
}

/** Assessors that a person names on days on which they did not before. */
export function newlyNamed(
  stays: readonly { readonly membership: Membership; readonly named: boolean }[],
  before: readonly Membership[],
): readonly { readonly assessorId: string; readonly first: boolean }[] {
  const known = new Set(before.map(({ assessorId }) => assessorId));
  const assessors = stays.flatMap(({ membership: { assessorId }, named }) =>
    assessorId !== null && named ? [assessorId] : [],
  );
  return [...new Set(assessors)].map((assessorId) => ({ assessorId, first: !known.has(assessorId) }));
}

/** Says that one more stay names the assessor. Refused when they have retired: whoever looks again is told so. */
export function nameAssessor(
  table: Table,
  staffId: string,
  { assessorId, first }: { readonly assessorId: string; readonly first: boolean },
): readonly Action[] {
  const version = delegationVersionKey(assessorId);
  const key = delegationKey(assessorId, staffId);
  return [
    {
      key: version,
      item: {
        Update: {
          TableName: table.name,
          Key: version,
          UpdateExpression: 'ADD #version :one',
          ConditionExpression: 'attribute_not_exists(retired)',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      refusal: () => problem('CONFLICT'),
      shared: 'name',
    },
    ...(first
      ? [
          {
            key,
            item: { Put: { TableName: table.name, Item: { ...key, staffId } } },
            refusal: () => null,
          },
        ]
      : []),
  ];
}

/** From then on nobody can name them; whoever has since the version was read is found by the condition. */
export function shutDelegations(table: Table, assessorId: string, version: number): Action {
  const key = delegationVersionKey(assessorId);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        UpdateExpression: 'SET retired = :true',
        ...unchanged(version, { ':true': true }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}

/** They serve again, and can be named. */
export function reopenDelegations(table: Table, assessorId: string): Action {
  const key = delegationVersionKey(assessorId);
  return {
    key,
    item: { Update: { TableName: table.name, Key: key, UpdateExpression: 'REMOVE retired' } },
    refusal: () => null,
  };
}
