/** A part of `npm run trust -- --only authorisation` for the suite, and a check of the check. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller } from '../api/endpoint-client.ts';
import { attempt, enumerateMutations, mutationsWithoutRow } from './authorisation/check-mutations.ts';
import { tryOthersJobs, tryUploads } from './authorisation/check-objects.ts';
import { enumerateReads, queriesWithoutRow, typesWithoutRow } from './authorisation/check-reads.ts';
import { MUTATIONS, type Row } from './authorisation/expected.ts';
import { buildWorld, CLOSED, sendAs, type World } from './authorisation/world.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
});
afterAll(() => world.api.drop());

const rowsOf = (...samples: readonly string[]): Readonly<Record<string, Row>> =>
  Object.fromEntries(Object.entries(MUTATIONS).filter(([sample]) => samples.includes(sample)));

test('every mutation, query and type of an answer has a row in the table', () => {
  expect([mutationsWithoutRow(), queriesWithoutRow(), typesWithoutRow()]).toEqual([[], [], []]);
});

test('who may is who succeeds, and who may not changes nothing', async () => {
  const rows = rowsOf(
    'agreePlan of the assessor',
    'verifyActivity',
    'decideObjection',
    'decideObjection of the office',
    'decideFollowUp',
    'decideFollowUp on a leader',
    'submitRating of a peer',
    'recordCounselling',
    'answerSurvey',
    'setAbsences',
    'transferStaff',
    'retireStaff',
  );
  const { wrong, controls } = await enumerateMutations(world, rows);
  expect([wrong, controls]).toEqual([[], 12]);
});

test('whoever may more or less than the table says is found', async () => {
  const { wrong } = await enumerateMutations(world, { verifyActivity: ['n1', 'self'] });
  expect(wrong).toEqual([
    'verifyActivity as n1: REFUSED, expected DONE',
    'verifyActivity as kapus: DONE, expected REFUSED',
    'verifyActivity as n1+HR_ADMIN: REFUSED, expected DONE',
    'verifyActivity as n1+PLANNER: REFUSED, expected DONE',
    'verifyActivity as kapus+HR_ADMIN: DONE, expected REFUSED',
    'verifyActivity as kapus+AUDITOR: DONE, expected REFUSED',
  ]);
});

test('who may read is who is answered, down to each field', async () => {
  const asked = ['staffMembers', 'counselling'];
  const { queries, fields, withoutControl } = await enumerateReads(world, (sample) => asked.includes(sample));
  expect([queries.wrong, fields.wrong, withoutControl]).toEqual([[], [], []]);
  expect(fields.controls).toBeGreaterThan(20);
});

test('an objection’s id that somebody puts together does not tell whether there is one', async () => {
  const told = async (id: string) => {
    const input = { id, version: 1 };
    const asker = { name: 'm1', who: caller('m1'), roles: ['STAFF'] } as const;
    const query = await sendAs(world, asker, 'query ($id: ID!) { objection(id: $id) { id } }', { id });
    const changes = [
      attempt(world, 'withdrawObjection', asker, input),
      attempt(world, 'explainObjection', asker, { ...input, text: 'x' }),
      attempt(world, 'decideObjection', asker, { ...input, outcome: 'UPHELD', reason: 'x' }),
    ];
    return [query.codes, ...(await Promise.all(changes)).map(({ codes }) => codes)];
  };
  expect(await told(`${CLOSED}:1:n1`)).toEqual(await told(`${CLOSED}:1:n2`));
});

test('a job is its owner’s, and a signed link or upload takes no change', async () => {
  expect((await tryOthersJobs(world)).wrong).toEqual([]);
  expect((await tryUploads(world)).wrong).toEqual([]);
});
