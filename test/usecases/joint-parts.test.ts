import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Rejection } from '../../functions/domain/problem.ts';
import {
  decideJointParticipation,
  endJointActivity,
  inviteToJointActivity,
} from '../../functions/usecases/joint/change-joint-activity.ts';
import {
  type ProposeJointActivityInput,
  proposeJointActivity,
} from '../../functions/usecases/joint/propose-joint-activity.ts';
import { readInbox } from '../../functions/usecases/notice/read-inbox.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import { as, hr, planner, type WorkRegion, workRegion } from './work-region.ts';

/** Agencies with a head and a member each: as many units and assessors as people. */
const NUMBERS = Array.from({ length: 26 }, (_, at) => at);
let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion({
    periodId: '2026-Q1',
    units: NUMBERS.map((at) => ({ id: `u${at}`, head: `h${at}` })),
    people: NUMBERS.flatMap((at) => [
      { id: `h${at}`, unit: `u${at}`, jobGroup: 'leader' },
      { id: `p${at}`, unit: `u${at}`, jobGroup: 'analyst' },
    ]),
  });
});
afterAll(() => region.api.drop());

const members = (from: number, to: number) =>
  NUMBERS.slice(from, to).map((at) => ({ staffId: `p${at}`, role: 'Anggota' }));
const activityOf = (participants: ProposeJointActivityInput['participants']): ProposeJointActivityInput => ({
  title: 'Satu data wilayah',
  purpose: 'Data yang sama di semua dinas',
  ...{ from: '2026-04-01', to: '2026-06-30', leadUnitId: 'u0', leaderId: 'p0' },
  participants,
});

/** What waits for a person's word: of whom, in which activity. */
const waiting = async (staffId: string): Promise<readonly string[]> =>
  (await myTasks(region.deps, as(staffId)))
    .filter(({ kind }) => kind === 'DECIDE_JOINT_PART')
    .map((task) => `${task.staffId} ${task.jointActivityId}`);
const told = async (staffId: string, subjectId: string): Promise<readonly string[]> => {
  const page = await readInbox(region.deps, as(staffId), { first: 50, after: null });
  return page.items
    .map(({ value }) => value)
    .filter(({ kind, refs }) => kind.startsWith('JOINT') && refs.subjectId === subjectId)
    .map(({ kind }) => kind)
    .sort();
};

describe('who is asked to take part in work across units', () => {
  test('waits for the word of the assessor, who is told, also where everybody is of another unit', async () => {
    const { deps } = region;
    const tooMany = await proposeJointActivity(deps, planner, activityOf(members(0, 25))).catch(
      (error: unknown) => error,
    );
    expect(tooMany instanceof Rejection && tooMany.problems).toMatchObject([
      { code: 'TOO_MANY', path: ['participants'], params: { maximum: 24 } },
    ]);
    const { id } = await proposeJointActivity(deps, planner, activityOf(members(0, 24)));
    for (const at of [0, 23]) {
      expect(await waiting(`h${at}`)).toEqual([`p${at} ${id}`]);
      expect(await told(`h${at}`, id)).toEqual(['JOINT_PART_PROPOSED']);
    }
    expect([await waiting('h24'), await waiting('p0'), await told('p0', id)]).toEqual([[], [], []]);
    await inviteToJointActivity(deps, planner, { id, version: 1, participants: members(24, 25) });
    expect([await waiting('h24'), await told('h24', id)]).toEqual([[`p24 ${id}`], ['JOINT_PART_PROPOSED']]);
    expect(await told('h0', id)).toHaveLength(1);
  });

  test('is told what was decided, as is who leads the work; who takes part is told of its end', async () => {
    const { deps } = region;
    const { id } = await proposeJointActivity(deps, as('h1'), {
      ...activityOf(members(0, 4)),
      ...{ leadUnitId: 'u1', leaderId: 'p1' },
    });
    // Whom one assesses is approved by that.
    expect(await waiting('h1')).not.toContain(`p1 ${id}`);
    expect(await told('h1', id)).toEqual([]);
    const decide = (version: number, at: number, approve: boolean) =>
      decideJointParticipation(deps, as(`h${at}`), {
        ...{ id, version, staffId: `p${at}`, approve },
        reason: approve ? null : 'Sudah dua tim',
      });
    await decide(1, 0, true);
    await decide(2, 2, false);
    expect(await waiting('h0')).not.toContain(`p0 ${id}`);
    expect([await told('p0', id), await told('p2', id), await told('p3', id)]).toEqual([
      ['JOINT_PART_DECIDED'],
      ['JOINT_PART_DECIDED'],
      [],
    ]);
    expect(await told('p1', id)).toEqual(['JOINT_PART_DECIDED', 'JOINT_PART_DECIDED']);
    expect(await waiting('h3')).toContain(`p3 ${id}`);

    // The part goes along with the person.
    await transferStaff(deps, hr, {
      ...{ id: 'p3', version: 1 },
      assignment: { unitId: 'u25', position: 'Analis', jobGroup: 'analyst', from: '2026-03-01' },
    });
    expect(await waiting('h3')).not.toContain(`p3 ${id}`);
    expect(await waiting('h25')).toContain(`p3 ${id}`);

    await endJointActivity(deps, as('h1'), {
      id,
      version: 3,
      state: 'CANCELLED',
      reason: 'Anggaran dialihkan',
    });
    expect(await waiting('h25')).not.toContain(`p3 ${id}`);
    expect(await told('p0', id)).toEqual(['JOINT_ACTIVITY_ENDED', 'JOINT_PART_DECIDED']);
    expect(await told('p1', id)).toHaveLength(3);
    expect([await told('p2', id), await told('p3', id)]).toEqual([['JOINT_PART_DECIDED'], []]);
  });
});
