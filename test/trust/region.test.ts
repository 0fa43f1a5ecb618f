import { describe, expect, inject, test } from 'vitest';
import { mailingStage } from '../infra/mailing-stage.ts';
import { grantedCalls } from './region/policies.ts';
import { logFinding, permissionFinding } from './region/region.ts';

describe('what functions call, against their policies', () => {
  const granted = new Set(['close/begin dynamodb:GetItem table', 'close/begin dynamodb:Query index/gsi1']);

  test('a call without its permission and a permission without a call are both found', () => {
    const { wrong, examples } = permissionFinding(
      { 'close/begin dynamodb:GetItem table': 3, 'close/begin dynamodb:Scan table': 1 },
      granted,
    );
    expect(wrong.count).toBe(2);
    expect(examples).toEqual([
      'never used: close/begin dynamodb:Query index/gsi1',
      'not granted: close/begin dynamodb:Scan table',
    ]);
  });

  test('the policies are read for each of the twelve functions, in the words of the calls', async () => {
    const calls = [...grantedCalls(await mailingStage(inject('runFolder')))];
    expect(new Set(calls.map((call) => call.replace(/ .*/, ''))).size).toBe(12);
    for (const call of calls)
      expect(call).toMatch(
        /^\w+\/[\w-]+ [\w-]+:\w+ (?:table|bucket|identity|users|index\/gsi\d|machine\/\w+|\w+\/\*)$/,
      );
  }, 120_000);
});

describe('what logs tell', () => {
  const play = { people: ['198001012005012001'], texts: ['Citra Lestari'], scores: ['97.89'], outages: 0 };
  const tells = (line: string): number => logFinding(play, line).wrong.count;

  test.each([
    '{"level":"INFO","message":"staff 198001012005012001"}',
    '{"level":"ERROR","cause":"Citra Lestari"}',
    '{"level":"INFO","figure":97.89}',
    '{"level":"INFO","score":1}',
    '{"level":"DEBUG","name":"Budi"}',
    'RAHASIA',
  ])('%s', (line) => expect(tells(line)).toBe(1));

  test.each([
    '{"level":"INFO","message":"request","timestamp":"2026-11-22T01:25:97.893Z","duration":12}',
    '{"level":"ERROR","chain":[{"name":"StoredItemError","frames":[]}]}',
  ])('nobody: %s', (line) => expect(tells(line)).toBe(0));
});
