import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  readAssessorRating,
  setAssessorRating,
} from '../../functions/usecases/rating/set-assessor-rating.ts';
import { readProposal } from '../../functions/usecases/result/read-proposal.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { as, region as base, PERIOD, problemsOf, type WorkRegion, workRegion } from './work-region.ts';

/** The quarter is over and still open when n1 moves to the other puskesmas. */
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    ...base,
    people: base.people.map((person) =>
      person.id === 'n1'
        ? { ...person, movesTo: { unit: 'puskesmas2', shard: 0, from: '2026-04-02' } }
        : person,
    ),
  });
  region.api.at('2026-04-03T02:00:00.000Z');
});
afterAll(() => region.api.drop());

const key = { staffId: 'n1', periodId: PERIOD };
const decision = {
  ...key,
  workResult: 'MEETS' as const,
  behaviour: 'MEETS' as const,
  reason: 'Dialog bulan Maret',
};

const superiorTasks = async (person: string) =>
  (await myTasks(region.deps, as(person))).flatMap(({ group, staffId }) =>
    group === 'SUPERIOR' ? [staffId] : [],
  );

describe('of a quarter that has ended', () => {
  test('the assessor of its last day finds the task, reads the proposal and decides', async () => {
    const { deps } = region;
    expect(await superiorTasks('kapus')).toContain('n1');
    expect(await readProposal(deps, as('kapus'), key)).toMatchObject({ assessorId: 'kapus' });
    expect(await setAssessorRating(deps, as('kapus'), decision)).toMatchObject({ assessorId: 'kapus' });
    expect(await readAssessorRating(deps, as('kapus'), key)).toMatchObject({ version: 1 });
    expect(await problemsOf(setAssessorRating(deps, as('kapus'), decision))).toEqual(['CONFLICT version']);
  });

  test('the new assessor has no part in it', async () => {
    const { deps } = region;
    expect(await superiorTasks('kapus2')).toEqual(['m1']);
    expect(await problemsOf(readProposal(deps, as('kapus2'), key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(readAssessorRating(deps, as('kapus2'), key))).toEqual(['FORBIDDEN']);
    expect(await problemsOf(setAssessorRating(deps, as('kapus2'), { ...decision, version: 1 }))).toEqual([
      'FORBIDDEN',
    ]);
  });

  test('the head above both reads it', async () => {
    expect(await problemsOf(readProposal(region.deps, as('kadis'), key))).toEqual([]);
  });
});
