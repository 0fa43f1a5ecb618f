import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Cloud, startCloud, type Workflow } from './faults/cloud.ts';
import { type TrialOptions, tryFaults } from './faults/try-faults.ts';
import { tryKills } from './faults/try-kills.ts';
import { isWrite } from './faults/wire.ts';
import { close, closeOfAgency, closeThatFailed } from './faults/workflows/close.ts';
import { counting } from './faults/workflows/counting.ts';
import { document, exporting, notification } from './faults/workflows/files-and-mails.ts';
import { hour } from './faults/workflows/hour.ts';
import { importing } from './faults/workflows/import.ts';
import { correction, finalise, yearFollows } from './faults/workflows/objections.ts';

/** `npm run trust` cuts every workflow at every call, with every kind of fault; here some calls stand for all. */
let cloud: Cloud;
beforeAll(async () => {
  cloud = await startCloud(testDatabase(), inject('table'), 'faults');
});
afterAll(() => cloud.close());

const cases: readonly (TrialOptions & { readonly workflow: Workflow })[] = [
  { workflow: close, kinds: ['killed after'], at: (call) => call % 3 === 0 },
  { workflow: close, kinds: ['killed before', 'overtaken'], at: (call) => call % 40 === 9 },
  { workflow: closeOfAgency, kinds: ['killed after'], at: (call) => call % 6 === 0 },
  { workflow: closeThatFailed, kinds: ['killed after'], at: (call) => call % 6 === 1 },
  { workflow: yearFollows, kinds: ['killed after'], at: (call) => call % 3 === 1 },
  { workflow: hour, kinds: ['killed after'], at: (call) => call % 8 === 1 },
  { workflow: document, kinds: ['killed after'], at: (_, request) => isWrite(request) },
  { workflow: correction, kinds: ['killed after', 'network'], at: (call) => call % 4 === 3 },
  { workflow: finalise, kinds: ['killed after', 'overtaken'], at: (call) => call % 4 === 1 },
  { workflow: importing, kinds: ['timeout'], at: (call) => call % 2 === 0 },
  { workflow: exporting, kinds: ['killed after', 'throttled'], at: (_, request) => isWrite(request) },
  { workflow: notification, kinds: ['killed after'], at: (call) => call > 40 && call % 4 === 0 },
];

test.for(cases)(
  '$workflow.name, cut at some of its calls, comes to the same',
  {
    timeout: 60_000,
  },
  async ({ workflow, ...options }) => {
    const { trials } = await tryFaults(cloud, workflow, options);
    expect(
      trials.flatMap(({ fault, differences }) => differences.map((text) => `${fault}: ${text}`)),
    ).toEqual([]);
    expect(trials.reduce((sum, { tried }) => sum + tried, 0)).toBeGreaterThan(2);
  },
);

describe('the harness', () => {
  test('finds what cannot be repeated', async () => {
    const { calls, trials } = await tryFaults(cloud, counting, {
      kinds: ['killed before', 'killed after', 'network', 'timeout', 'overtaken'],
      at: () => true,
    });
    expect(calls).toBe(3);
    const found = Object.fromEntries(
      trials.map(({ fault, tried, differences }) => [fault, [tried, differences.length]]),
    );
    expect(found).toEqual({
      // Only what follows the write.
      'killed before': [3, 1],
      'killed after': [1, 1],
      network: [3, 1],
      timeout: [1, 1],
      // Both read before the first writes, or one after the other.
      overtaken: [3, 2],
    });
  });

  test('finds it too where a process is killed in earnest', async () => {
    const drawn = [1, 1];
    // The second call, the write, after it has taken effect.
    const choose = () => drawn.shift() ?? 0;
    const { tried, differences } = await tryKills(cloud, counting, { count: 1, choose });
    expect([tried, differences.length]).toEqual([1, 1]);
    expect(differences[0]).toMatch(/^killed after call 2: 1 items, AUDITCHECK/);
  }, 60_000);
});

test('a process that is killed in earnest leaves a close that another one ends', async () => {
  const drawn = [23, 1];
  const choose = () => drawn.shift() ?? 0;
  const { differences } = await tryKills(cloud, close, { count: 1, choose });
  expect(differences).toEqual([]);
}, 60_000);
