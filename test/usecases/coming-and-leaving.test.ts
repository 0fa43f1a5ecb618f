import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDuties } from '../../functions/usecases/close/hourly-duties.ts';
import { runSchedule } from '../../functions/usecases/close/run-schedule.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { sendMails } from '../../functions/usecases/mail/send-mails.ts';
import { notify } from '../../functions/usecases/notice/notify.ts';
import { readInbox } from '../../functions/usecases/notice/read-inbox.ts';
import { planPeriod } from '../../functions/usecases/period/plan-period.ts';
import { createStaff } from '../../functions/usecases/staff/create-staff.ts';
import { retireStaff } from '../../functions/usecases/staff/retire-staff.ts';
import { cancelProgramme } from '../../functions/usecases/training/cancel-programme.ts';
import { createCourse } from '../../functions/usecases/training/create-course.ts';
import { editProgramme } from '../../functions/usecases/training/edit-programme.ts';
import { enrol } from '../../functions/usecases/training/enrol.ts';
import { planProgramme } from '../../functions/usecases/training/plan-programme.ts';
import { withdrawEnrolment } from '../../functions/usecases/training/withdraw-enrolment.ts';
import * as an from '../store/examples.ts';
import { as, hr, type WorkRegion, workRegion } from './work-region.ts';

let region: WorkRegion;
let deps: Deps;
beforeAll(async () => {
  region = await workRegion();
  deps = region.deps;
});
afterAll(() => region.api.drop());

let serial = 500;
const person = (from = '2025-01-01') => {
  serial += 1;
  return createStaff(deps, hr, {
    nip: `198501012010011${serial}`,
    name: `Rina ${serial}`,
    employment: 'PPPK',
    email: `rina${serial}@contoh.go.id`,
    assignment: { unitId: 'puskesmas', position: 'Perawat', jobGroup: 'nurse', from },
  });
};
const newCourse = (code: string) =>
  createCourse(deps, hr, {
    code,
    title: 'Pelatihan',
    description: 'Tiga bulan',
    competence: 'TECHNICAL',
    method: 'CLASS',
    hours: 8,
    values: ['SERVICE'],
    indicatorIds: [],
    jobGroups: [],
  });
const heard = async (staffId: string): Promise<readonly string[]> =>
  (await readInbox(deps, as(staffId), { first: 50, after: null })).items.map(({ value }) => value.kind);

test('somebody whose service ends on a day to come gets mails until then', async () => {
  const [leaving, staying] = [await person(), await person()];
  const from = '2026-12-01';
  await retireStaff(deps, hr, { id: leaving.id, version: leaving.version, from });
  const mailed = async (at: string, occasion: number): Promise<readonly string[]> => {
    region.api.at(at);
    const to = [leaving, staying].map(({ id }) => ({ kind: 'PERSON', staffId: id }) as const);
    const told = { kind: 'PLAN_PROPOSED', to, refs: { planId: 'p', staffId: 'n1' }, occasion } as const;
    const goal = an.goal({ id: `g-${occasion}`, code: `G${occasion}` });
    await deps.store.commit(an.intent({ at: deps.now() }), [
      deps.store.goals.save(null, goal),
      ...notify(deps, told),
    ]);
    region.api.at(new Date(Date.parse(at) + 86_400_000).toISOString());
    const sent: string[] = [];
    const sender = { send: async ({ to: address }: { to: string }) => void sent.push(address) };
    const roles = { holdersOf: async () => [] };
    await sendMails({ ...deps, sender, roles, appUrl: null }, () => true);
    return sent.sort();
  };
  expect(await mailed('2026-03-10T02:00:00.000Z', 1)).toEqual([leaving.email, staying.email].sort());
  // The next day is the first without service.
  expect(await mailed('2026-11-30T02:00:00.000Z', 2)).toEqual([staying.email]);
  region.api.at('2026-03-10T02:00:00.000Z');
});

test('who joins today hears what is told from the first hour of the day on, by the region’s clock', async () => {
  const { id } = await person('2026-04-01');
  await planPeriod(deps, hr, { id: '2026-Q2' });
  region.api.at('2026-03-31T17:05:00.000Z');
  const { opened } = await runSchedule({ ...deps, startClose: () => Promise.resolve() });
  expect(opened).toContain('2026-Q2');
  region.api.at('2026-04-01T05:00:00.000Z');
  expect(await heard(id)).toContain('PERIOD_OPENED');
  region.api.at('2026-03-10T02:00:00.000Z');
});

test('a place that becomes free goes to nobody who has left, but to who waits behind them', async () => {
  const course = await newCourse('K2');
  const dates = { startsOn: '2026-06-20', endsOn: '2026-06-25' };
  const planned = await planProgramme(deps, hr, {
    courseId: course.id,
    ...dates,
    place: 'Aula',
    capacity: 1,
  });
  const [has, left, waits, last] = [await person(), await person(), await person(), await person()];
  for (const { id } of [has, left, waits, last])
    await enrol(deps, hr, { programmeId: planned.id, staffId: id });
  region.api.at('2026-03-12T02:00:00.000Z');
  await retireStaff(deps, hr, { id: left.id, version: left.version, from: '2026-03-11' });
  await withdrawEnrolment(deps, hr, { programmeId: planned.id, staffId: has.id });
  const states = () =>
    Promise.all(
      [left, waits, last].map(async ({ id }) => (await deps.store.training.enrolment(planned.id, id))?.state),
    );
  expect(await states()).toEqual(['WITHDRAWN', 'ENROLLED', 'WAITING']);
  const version = (await deps.store.training.programme(planned.id))?.version ?? 0;
  await editProgramme(deps, hr, { id: planned.id, version, ...dates, place: 'Aula', capacity: 2 });
  expect(await states()).toEqual(['WITHDRAWN', 'ENROLLED', 'ENROLLED']);
  region.api.at('2026-03-10T02:00:00.000Z');
});

test('people of a course that is cancelled in its third week are told, also when the telling was cut off', async () => {
  const course = await newCourse('K1');
  const dates = { startsOn: '2026-03-12', endsOn: '2026-06-30' };
  const { id } = await planProgramme(deps, hr, { courseId: course.id, ...dates, place: 'Aula', capacity: 5 });
  const enrolled = await person();
  await enrol(deps, hr, { programmeId: id, staffId: enrolled.id });
  region.api.at('2026-03-30T02:00:00.000Z');
  let commits = 0;
  const commit: Deps['store']['commit'] = async (...intent) => {
    commits += 1;
    if (commits > 1) throw new Error('killed');
    await deps.store.commit(...intent);
  };
  const version = (await deps.store.training.programme(id))?.version ?? 0;
  const cut = { ...deps, store: { ...deps.store, commit } };
  await expect(cancelProgramme(cut, hr, { id, version, reason: 'Batal' })).rejects.toThrow('killed');
  expect(await deps.store.training.programme(id)).toMatchObject({ toldUpTo: '' });

  region.api.at('2026-03-30T03:00:00.000Z');
  expect((await runDuties(deps))['tellOfCancelledProgrammes']).toEqual({ done: [id], failed: [] });
  expect(await heard(enrolled.id)).toContain('TRAINING_ENROLMENT');
  region.api.at('2026-03-10T02:00:00.000Z');
});
