import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import type { FollowUp } from '../../functions/domain/follow-up/follow-up.ts';
import type { FollowUpMeasure } from '../../functions/domain/follow-up/rules.ts';
import { acknowledgeGuidance, followUpGuidance } from '../../functions/usecases/feedback/change-guidance.ts';
import { recordCounselling, recordGuidance } from '../../functions/usecases/feedback/record-guidance.ts';
import { decideFollowUp } from '../../functions/usecases/follow-up/decide-follow-up.ts';
import { endFollowUp } from '../../functions/usecases/follow-up/end-follow-up.ts';
import { retireStaff } from '../../functions/usecases/staff/retire-staff.ts';
import { transferStaff } from '../../functions/usecases/staff/transfer-staff.ts';
import { myTasks } from '../../functions/usecases/task/my-tasks.ts';
import * as an from '../store/examples.ts';
import { write } from '../workflow/region.ts';
import { as, hr, planner, type WorkRegion, workRegion } from './work-region.ts';

let region: WorkRegion;
beforeAll(async () => {
  region = await workRegion();
});
afterAll(() => region.api.drop());

const PERIOD = '2025';
const propose = async (id: string, measure: FollowUpMeasure, staffId: string, by?: string): Promise<void> => {
  const { store } = region.deps;
  const followUp: FollowUp = {
    ...{ id, periodId: PERIOD, staffId, unitId: 'puskesmas', measure, grounds: null },
    proposal: by === undefined ? null : { by, reason: 'Perlu pendampingan' },
    ...{ state: 'PROPOSED', decision: null, end: null, version: 0 },
  };
  await write(store, [store.followUps.save(null, followUp)]);
};
const tasks = async (staffId: string): Promise<readonly string[]> =>
  (await myTasks(region.deps, as(staffId)))
    .filter(({ kind }) => kind.endsWith('_FOLLOW_UP'))
    .map(({ kind, periodId, staffId: whom, followUpId }) => `${kind} ${periodId} ${whom} ${followUpId}`)
    .sort();
/** What waits in the personnel office, for one of its officers. */
const office = async (officer: Actor): Promise<readonly string[]> =>
  (await myTasks(region.deps, officer))
    .filter(({ kind, staffId }) => kind.endsWith('FOLLOW_UP') && staffId === null)
    .map(({ kind, periodId, followUpId, count }) => `${kind} ${periodId} ${followUpId} ${count}`)
    .sort();
const grant = (id: string, staffId: string, until: string) =>
  decideFollowUp(region.deps, as('kapus'), {
    ...{ id, staffId, periodId: PERIOD, version: 1, granted: true, reason: 'Sesuai hasil' },
    ...{ from: '2026-03-01', until },
  });

test('a leader has to decide what is proposed for those whom they assess, and to say what came of it', async () => {
  await propose('guidance', 'GUIDANCE', 'n1');
  await propose('improvement', 'IMPROVEMENT_PLAN', 'n1');
  // The personnel office's alone.
  await propose('certificate', 'CERTIFICATE', 'n2');
  await propose('fu-own', 'PRIORITY_TRAINING', 'n2', 'kapus');
  await propose('fu-other', 'PRIORITY_TRAINING', 'n3', 'kadis');
  expect(await tasks('kapus')).toEqual([
    'DECIDE_FOLLOW_UP 2025 n1 guidance',
    'DECIDE_FOLLOW_UP 2025 n1 improvement',
    'DECIDE_FOLLOW_UP 2025 n3 fu-other',
  ]);
  for (const who of ['kadis', 'kapus2', 'n1', 'kadispar']) expect([who, await tasks(who)]).toEqual([who, []]);

  // The clock shows 10 March: one measure is over, the other has its last day.
  await grant('guidance', 'n1', '2026-03-09');
  await grant('improvement', 'n1', '2026-03-10');
  expect(await tasks('kapus')).toEqual([
    'DECIDE_FOLLOW_UP 2025 n3 fu-other',
    'END_FOLLOW_UP 2025 n1 guidance',
  ]);
  region.api.at('2026-03-10T17:30:00.000Z');
  expect(await tasks('kapus')).toContain('END_FOLLOW_UP 2025 n1 improvement');

  const ending = { staffId: 'n1', periodId: PERIOD, version: 2, outcome: 'ACHIEVED' as const };
  await endFollowUp(region.deps, as('kapus'), { ...ending, id: 'guidance' });
  expect(await tasks('kapus')).toEqual([
    'DECIDE_FOLLOW_UP 2025 n3 fu-other',
    'END_FOLLOW_UP 2025 n1 improvement',
  ]);
});

test('what waits goes along with the person to the next assessor, and is nobody’s of who has left', async () => {
  const { deps } = region;
  const assignment = { unitId: 'puskesmas2', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-01' };
  await transferStaff(deps, hr, { id: 'n1', version: 1, assignment });
  expect(await tasks('kapus2')).toEqual(['END_FOLLOW_UP 2025 n1 improvement']);
  expect(await tasks('kapus')).toEqual(['DECIDE_FOLLOW_UP 2025 n3 fu-other']);
  await retireStaff(deps, hr, { id: 'n3', version: 1, from: '2026-03-02' });
  expect(await tasks('kapus')).toEqual([]);
});

test('the personnel office has what it decides and ends as one task a period, without what is the officer’s own matter', async () => {
  const { deps } = region;
  // The certificate of n2 waits since the first test; a test of competence is served for m1 until today.
  await propose('competence', 'COMPETENCE_TEST', 'm1');
  await propose('pool', 'SUCCESSION_POOL', 'kapus2');
  await propose('fu-hr', 'SUCCESSION_POOL', 'n4', hr.id);
  expect(await office(hr)).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 3']);
  // Whose own it is, and whom one of those concerned leads.
  expect(await office(as('n2', 'HR_ADMIN'))).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 3']);
  expect(await office(as('m1', 'HR_ADMIN'))).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 2']);
  for (const who of [as('n2'), planner, as('n2', 'HR_ADMIN', 'AUDITOR')])
    expect([who.roles, await office(who)]).toEqual([who.roles, []]);

  await write(deps.store, [deps.store.periods.save(null, an.period(PERIOD, 'FINAL'))]);
  const granted = { staffId: 'm1', periodId: PERIOD, version: 1, granted: true, reason: 'Sesuai hasil' };
  await decideFollowUp(deps, hr, { ...granted, id: 'competence', from: '2026-03-01', until: '2026-03-11' });
  expect(await office(hr)).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 2']);
  region.api.at('2026-03-11T17:30:00.000Z');
  expect(await office(hr)).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 2', 'END_FOLLOW_UP 2025 undefined 1']);
  const ending = { staffId: 'm1', periodId: PERIOD, version: 2, outcome: 'ACHIEVED' as const };
  await endFollowUp(deps, hr, { ...ending, id: 'competence' });
  expect(await office(hr)).toEqual(['DECIDE_FOLLOW_UP 2025 undefined 2']);
});

test('guidance and counselling are to be looked at again by the assessor of that day, until somebody has said what came of it', async () => {
  const { deps } = region;
  const toLookAt = async (staffId: string) =>
    (await myTasks(deps, as(staffId)))
      .filter(({ kind }) => kind === 'FOLLOW_UP_GUIDANCE')
      .map((task) => [task.staffId, task.guidanceId, task.deadline]);
  const talk = {
    ...{ heldOn: '2026-03-10', issue: 'Laporan terlambat', discussion: 'Jadwal disusun bersama' },
    actions: [{ text: 'Lapor tiap Jumat', dueOn: '2026-03-12' }],
  };
  // The clock shows 12 March.
  const guided = await recordGuidance(deps, as('kapus'), {
    ...{ ...talk, staffId: 'n2', method: 'COACHING', followUpOn: '2026-03-12' },
  });
  const counselled = await recordCounselling(deps, hr, { ...talk, staffId: 'n2', followUpOn: '2026-03-12' });
  const later = await recordGuidance(deps, as('kapus'), {
    ...{ ...talk, staffId: 'n4', method: 'MENTORING', followUpOn: '2026-03-13' },
  });
  expect(new Set(await toLookAt('kapus'))).toEqual(
    new Set([
      ['n2', guided.id, '2026-03-12T17:00:00.000Z'],
      ['n2', counselled.id, '2026-03-12T17:00:00.000Z'],
    ]),
  );
  for (const who of ['n2', 'kadis', 'kapus2', hr.id]) expect([who, await toLookAt(who)]).toEqual([who, []]);
  // That the person has read it changes nothing.
  await acknowledgeGuidance(deps, as('n2'), { id: guided.id, version: 1 });
  const found = { outcome: 'IMPROVED' as const, note: 'Tepat waktu' };
  await followUpGuidance(deps, hr, { ...found, id: counselled.id, version: 1 });
  expect(await toLookAt('kapus')).toEqual([['n2', guided.id, '2026-03-12T17:00:00.000Z']]);

  const assignment = { unitId: 'puskesmas2', position: 'Perawat', jobGroup: 'nurse', from: '2026-03-13' };
  await transferStaff(deps, hr, { id: 'n2', version: 1, assignment });
  region.api.at('2026-03-12T17:30:00.000Z');
  expect(await toLookAt('kapus')).toEqual([['n4', later.id, '2026-03-13T17:00:00.000Z']]);
  expect(await toLookAt('kapus2')).toEqual([['n2', guided.id, '2026-03-12T17:00:00.000Z']]);
  await followUpGuidance(deps, as('kapus2'), { ...found, id: guided.id, version: 2 });
  expect(await toLookAt('kapus2')).toEqual([]);
});
