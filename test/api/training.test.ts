/** From a weak value to a course: the need, a place or the queue, attendance, and what became of it. */

import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../functions/domain/access-policy.ts';
import { once } from '../../functions/domain/once.ts';
import type { Enrolment } from '../../functions/domain/training/course.ts';
import { delegate } from '../../functions/store/delegate.ts';
import { runDuties } from '../../functions/usecases/close/hourly-duties.ts';
import type { Deps } from '../../functions/usecases/deps.ts';
import { editProgramme } from '../../functions/usecases/training/edit-programme.ts';
import { enrol as enrolInto } from '../../functions/usecases/training/enrol.ts';
import { tellOfCancelled } from '../../functions/usecases/training/tell-of-cancelled.ts';
import { withdrawEnrolment } from '../../functions/usecases/training/withdraw-enrolment.ts';
import * as an from '../store/examples.ts';
import { countRequests, cutAtCall } from '../support/dynamodb.ts';
import { putResults } from '../support/published-results.ts';
import { overtaken } from '../usecases/work-region.ts';
import { write } from '../workflow/region.ts';
import {
  auditor,
  type Caller,
  caller,
  hrAdmin,
  type Payload,
  planner,
  problemsOf,
  send,
} from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

const PERIOD = '2025-Q4';
const AFTER = '2026-Q2';
const nurses = [people.nurse, people.colleague, people.other];
const everybody = Object.values(people);

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
  const { store } = api.deps;
  await write(store, [
    store.periods.save(null, an.period(PERIOD, 'PUBLISHED')),
    store.periods.save(null, an.period(AFTER, 'PUBLISHED')),
  ]);
  const resultOf = (staffId: string, periodId: string, service: number) =>
    an.result({
      staffId,
      periodId,
      behaviour: { ...an.result().behaviour, values: [{ value: 'SERVICE', mean: service * 1_000_000 }] },
    });
  await putResults(store, [
    resultOf(people.nurse, PERIOD, 2.5),
    resultOf(people.colleague, PERIOD, 3.4),
    resultOf(people.other, PERIOD, 3.1),
    ...nurses.map((staffId) => resultOf(staffId, AFTER, 4)),
  ]);
});
afterAll(() => api.drop());

async function mutation<Entity = Record<string, unknown>>(
  name: string,
  entity: string,
  fields: string,
  input: object,
  who: Caller = hrAdmin,
) {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${name === 'withdrawEnrolment' ? 'EnrolInput' : type}!) {
    outcome: ${name}(input: $input) { entity: ${entity} { ${fields} } userErrors { code message path } } }`;
  const { data } = await send<{ outcome: Payload<'entity', Entity> }>(api.handler, who, document, { input });
  return data.outcome;
}

const course = (code: string, changes: object = {}) => ({
  code,
  title: 'Pelayanan prima',
  description: 'Melayani dengan empati dan tuntas',
  competence: 'SOCIO_CULTURAL',
  method: 'SIMULATION',
  hours: 16,
  values: ['SERVICE'],
  indicatorIds: [],
  jobGroups: [],
  ...changes,
});
interface ProgrammeOf {
  readonly id: string;
  readonly version: number;
}
const plan = async (capacity: number): Promise<ProgrammeOf> => {
  const input = {
    courseId: 'PRIMA',
    startsOn: '2026-03-16',
    endsOn: '2026-03-18',
    place: 'Aula BKPSDM',
    capacity,
  };
  const { entity } = await mutation<ProgrammeOf>('planProgramme', 'programme', 'id version', input);
  if (entity === null) throw new Error('refused');
  return entity;
};
const enrol = (programmeId: string, staffId: string, who: Caller = hrAdmin) =>
  mutation<{ state: string }>('enrol', 'enrolment', 'state', { programmeId, staffId }, who);
const withdraw = (programmeId: string, staffId: string, who: Caller = hrAdmin) =>
  mutation<{ state: string }>('withdrawEnrolment', 'enrolment', 'state', { programmeId, staffId }, who);
const seatsOf = async (id: string, who: Caller = hrAdmin) =>
  (
    await send<{
      programme: {
        seats: { capacity: number; taken: number; waiting: number };
        enrolments: { state: string; staff: { id: string } }[] | null;
      };
    }>(
      api.handler,
      who,
      `query ($id: ID!) { programme(id: $id) { seats { capacity taken waiting } enrolments { state staff { id } } } }`,
      { id },
    )
  ).data.programme;

describe('the catalogue', () => {
  test('is kept by HR_ADMIN, and refuses what makes no sense, all at once', async () => {
    expect(problemsOf(await mutation('createCourse', 'course', 'id', course('PRIMA'), planner))).toEqual([
      'FORBIDDEN',
    ]);
    const wrong = course('!', {
      title: ' ',
      hours: 0,
      values: ['SERVICE', 'SERVICE'],
      indicatorIds: ['nowhere'],
    });
    expect(problemsOf(await mutation('createCourse', 'course', 'id', wrong))).toEqual([
      'INVALID_FORMAT code',
      'DUPLICATE values 1',
      'NOT_FOUND indicatorIds 0',
      'REQUIRED title',
      'OUT_OF_RANGE hours',
    ]);
    expect(await mutation('createCourse', 'course', 'id version', course('PRIMA'))).toMatchObject({
      entity: { id: 'PRIMA', version: 1 },
    });
    expect(problemsOf(await mutation('createCourse', 'course', 'id', course('PRIMA')))).toEqual([
      'ALREADY_EXISTS code',
    ]);
    await mutation(
      'createCourse',
      'course',
      'id',
      course('SETIA', { title: 'Bela negara', values: ['LOYAL'] }),
    );
    expect(problemsOf(await mutation('retireCourse', 'course', 'id', { id: 'SETIA', version: 9 }))).toEqual([
      'CONFLICT version',
    ]);
  });
});

describe('needs', () => {
  const NEEDS = `query ($id: ID!) { staff(id: $id) { trainingNeeds(periodId: "${PERIOD}") {
    course { id } need { shown } reasons { kind value mean { shown } gap { shown } lineId } } } }`;
  const needs = async (who: Caller, id: string) =>
    (await send<{ staff: { trainingNeeds: unknown } }>(api.handler, who, NEEDS, { id })).data.staff
      .trainingNeeds;

  test('follow from the published result, with the figures that they come from', async () => {
    expect(await needs(caller(people.nurse), people.nurse)).toEqual([
      {
        course: { id: 'PRIMA' },
        need: { shown: '50.00' },
        reasons: [
          { kind: 'VALUE', value: 'SERVICE', mean: { shown: '2.50' }, gap: { shown: '50.00' }, lineId: null },
        ],
      },
    ]);
    expect(await needs(caller(people.colleague), people.nurse)).toBeNull();
    expect(await needs(hrAdmin, people.stranger)).toBeNull();
  });

  test('order the people of a unit for a course, for its head and HR_ADMIN', async () => {
    const CANDIDATES = `query ($unit: ID!) { course(id: "PRIMA") { candidates(unitId: $unit, periodId: "${PERIOD}") {
      staff { id } need { shown } } } }`;
    const ask = (who: Caller) =>
      send<{ course: { candidates: unknown } }>(api.handler, who, CANDIDATES, { unit: unitId('P') });
    const count = countRequests(api.table.client);
    const { data } = await ask(caller(people.head));
    count.remove();
    expect(count.total).toBeLessThanOrEqual(8);
    expect(data.course.candidates).toEqual([
      { staff: { id: people.nurse }, need: { shown: '50.00' } },
      { staff: { id: people.colleague }, need: { shown: '20.00' } },
    ]);
    expect((await ask(caller(people.stranger))).codes).toEqual(['FORBIDDEN']);
  });
});

describe('places', () => {
  test('of six who ask at once two get one and four wait; a place that is given up goes to who waited longest', async () => {
    const { id } = await plan(2);
    const answers = await Promise.all(everybody.map((staffId) => enrol(id, staffId)));
    expect(answers.map(({ entity }) => entity?.state).sort()).toEqual([
      'ENROLLED',
      'ENROLLED',
      'WAITING',
      'WAITING',
      'WAITING',
      'WAITING',
    ]);
    expect((await seatsOf(id)).seats).toEqual({ capacity: 2, taken: 2, waiting: 4 });

    const { enrolments } = await seatsOf(id);
    const withPlace = (enrolments ?? [])
      .filter(({ state }) => state === 'ENROLLED')
      .map(({ staff }) => staff.id);
    await Promise.all(withPlace.map((staffId) => withdraw(id, staffId)));
    const after = await seatsOf(id);
    expect(after.seats).toEqual({ capacity: 2, taken: 2, waiting: 2 });
    const counts = Map.groupBy(after.enrolments ?? [], ({ state }) => state);
    expect([
      counts.get('ENROLLED')?.length,
      counts.get('WAITING')?.length,
      counts.get('WITHDRAWN')?.length,
    ]).toEqual([2, 2, 2]);
  });

  test('more places go to those who wait; fewer than are taken are refused', async () => {
    const { id, version } = await plan(1);
    for (const staffId of nurses) await enrol(id, staffId);
    const edit = (capacity: number) =>
      mutation('editProgramme', 'programme', 'version', {
        id,
        version,
        startsOn: '2026-03-16',
        endsOn: '2026-03-18',
        place: 'Aula BKPSDM',
        capacity,
      });
    expect(problemsOf(await edit(0))).toContain('OUT_OF_RANGE capacity');
    expect(problemsOf(await edit(2))).toEqual([]);
    expect((await seatsOf(id)).seats).toEqual({ capacity: 2, taken: 2, waiting: 1 });
    expect((await seatsOf(id, caller(people.nurse))).enrolments).toBeNull();
    const inbox = await send(
      api.handler,
      caller(people.colleague),
      '{ notices(first: 5) { nodes { kind } } }',
    );
    expect(JSON.stringify(inbox.data)).toContain('TRAINING_ENROLMENT');
  });

  /** Somebody asks for a place just after the list of a programme was read. */
  const joinedAfterTheList = (programmeId: string, staffId: string): Deps => {
    const { store } = api.deps;
    const join = once(() => enrol(programmeId, staffId));
    let listing: Promise<unknown> | null = null;
    const training = delegate(store.training, {
      enrolments: (id) => {
        const list = store.training.enrolments(id).then(async (found) => {
          await join();
          return found;
        });
        listing = list;
        return list;
      },
      seats: async (id) => {
        await setImmediate();
        await listing;
        return store.training.seats(id);
      },
    });
    return { ...api.deps, store: delegate(store, { training }) };
  };
  const hr: Actor = { roles: new Set(['STAFF', 'HR_ADMIN']), staffId: 's-hr', id: 's-hr' };

  test('somebody who begins to wait while places are added gets one', async () => {
    const { id, version } = await plan(1);
    await enrol(id, people.nurse);
    const days = { startsOn: '2026-03-16', endsOn: '2026-03-18', place: 'Aula BKPSDM' };
    const deps = joinedAfterTheList(id, people.colleague);
    await editProgramme(deps, hr, { id, version, ...days, capacity: 2 });
    expect((await seatsOf(id)).seats).toEqual({ capacity: 2, taken: 2, waiting: 0 });
  });

  test('the first day does not move under somebody who enrols in that moment, whoever is first', async () => {
    const { deps } = api;
    const move = (on: Deps, { id, version }: ProgrammeOf) =>
      editProgramme(on, hr, {
        id,
        version,
        startsOn: '2026-03-17',
        endsOn: '2026-03-18',
        place: 'Aula',
        capacity: 2,
      });
    const ask = (on: Deps, { id }: ProgrammeOf) =>
      enrolInto(on, hr, { programmeId: id, staffId: people.nurse });

    const enrolled = await plan(2);
    await expect(
      move(
        overtaken(deps, () => ask(deps, enrolled)),
        enrolled,
      ),
    ).rejects.toMatchObject({
      problems: [{ code: 'OUT_OF_RANGE', path: ['startsOn'] }],
    });
    const moved = await plan(2);
    expect(
      await ask(
        overtaken(deps, () => move(deps, moved)),
        moved,
      ),
    ).toMatchObject({ startsOn: '2026-03-17' });
  });

  test('a place that is given up goes to who waits first, also where they began to wait at that moment', async () => {
    const [first = '', second = ''] = [people.colleague, people.other].sort();
    const { id } = await plan(1);
    await enrol(id, people.nurse);
    await enrol(id, second);
    // Both ask at one instant by the test's clock, so that the queue is in the order of their ids.
    await withdrawEnrolment(joinedAfterTheList(id, first), hr, { programmeId: id, staffId: people.nurse });
    const enrolments = await api.deps.store.training.enrolments(id);
    expect(new Set(enrolments.map(({ requestedAt }) => requestedAt)).size).toBe(1);
    expect(enrolments.find(({ staffId }) => staffId === first)?.state).toBe('ENROLLED');
    expect(enrolments.find(({ staffId }) => staffId === second)?.state).toBe('WAITING');
  });

  /** While the queue is read, somebody leaves it before, and somebody else joins it after. */
  const queueMovesOn = (programmeId: string, leaves: string, joins: string, listFirst: boolean): Deps => {
    const { store } = api.deps;
    const leave = once(() => withdraw(programmeId, leaves));
    const join = once(() => enrol(programmeId, joins));
    const training = delegate(store.training, {
      enrolments: async (id) => {
        if (!listFirst) await leave();
        const list = await store.training.enrolments(id);
        await leave();
        await join();
        return list;
      },
    });
    return { ...api.deps, store: delegate(store, { training }) };
  };

  describe('beside a queue of somebody who has left the service', () => {
    const { colleague, nurse, other } = people;
    const setRetired = async (retiredFrom: string | null): Promise<void> => {
      const { store } = api.deps;
      const staff = await store.staff.get(colleague);
      if (staff === null) throw new Error('nobody');
      const delegationVersion = await store.staff.delegationVersion(colleague);
      await write(store, [store.staff.save(staff, { ...staff, retiredFrom }, { delegationVersion })]);
    };
    /** One place, of the nurse; others wait, the colleague before them and then no longer in service. */
    const planned = async (...waiting: readonly string[]) => {
      const programme = await plan(1);
      for (const staffId of [nurse, colleague, ...waiting]) await enrol(programme.id, staffId);
      await setRetired('2026-03-01');
      return programme;
    };
    const statesOf = async (id: string) =>
      Object.fromEntries(
        (await api.deps.store.training.enrolments(id)).map(({ staffId, state }) => [staffId, state]),
      );
    const withdraw = (id: string) => withdrawEnrolment(api.deps, hr, { programmeId: id, staffId: nurse });
    const edit = ({ id, version }: ProgrammeOf, capacity: number) =>
      editProgramme(api.deps, hr, {
        id,
        version,
        startsOn: '2026-03-16',
        endsOn: '2026-03-18',
        place: 'Aula BKPSDM',
        capacity,
      });
    afterEach(() => setRetired(null));

    test('a place is given up, also where nobody else waits', async () => {
      const { id } = await planned();
      await withdraw(id);
      expect((await seatsOf(id)).seats).toEqual({ capacity: 1, taken: 0, waiting: 0 });
      expect(await statesOf(id)).toEqual({ [nurse]: 'WITHDRAWN', [colleague]: 'WITHDRAWN' });
    });

    test('a place that is given up goes to who still serves', async () => {
      const { id } = await planned(other);
      await withdraw(id);
      expect((await seatsOf(id)).seats).toEqual({ capacity: 1, taken: 1, waiting: 0 });
      expect(await statesOf(id)).toEqual({
        [nurse]: 'WITHDRAWN',
        [colleague]: 'WITHDRAWN',
        [other]: 'ENROLLED',
      });
    });

    test('more places go to those who still serve, and what is left over is free', async () => {
      const programme = await planned(other);
      await edit(programme, 3);
      expect((await seatsOf(programme.id)).seats).toEqual({ capacity: 3, taken: 2, waiting: 0 });
      expect(await statesOf(programme.id)).toEqual({
        [nurse]: 'ENROLLED',
        [colleague]: 'WITHDRAWN',
        [other]: 'ENROLLED',
      });
    });
  });

  test('where as many leave the queue as join it while places are added, nobody waits beside a free place', async () => {
    const { id, version } = await plan(1);
    await enrol(id, people.nurse);
    await enrol(id, people.colleague);
    const days = { startsOn: '2026-03-16', endsOn: '2026-03-18', place: 'Aula BKPSDM' };
    const deps = queueMovesOn(id, people.colleague, people.other, false);
    await editProgramme(deps, hr, { id, version, ...days, capacity: 2 });
    expect((await seatsOf(id)).seats).toEqual({ capacity: 2, taken: 2, waiting: 0 });
  });

  test('where as many leave the queue as join it, a place that is given up goes to who waits first then', async () => {
    const [first = '', second = '', third = ''] = [people.colleague, people.other, people.head].sort();
    const { id } = await plan(1);
    await enrol(id, people.nurse);
    await enrol(id, second);
    await enrol(id, third);
    await withdrawEnrolment(queueMovesOn(id, third, first, true), hr, {
      programmeId: id,
      staffId: people.nurse,
    });
    const enrolments = await api.deps.store.training.enrolments(id);
    const stateOf = (asked: string) => enrolments.find(({ staffId }) => staffId === asked)?.state;
    expect([first, second, third].map(stateOf)).toEqual(['ENROLLED', 'WAITING', 'WITHDRAWN']);
  });

  test('are asked for by the person, the assessor and the heads above, before the first day', async () => {
    const { id, version } = await plan(9);
    expect(problemsOf(await enrol(id, people.nurse, caller(people.colleague)))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await enrol(id, people.nurse, caller(people.nurse)))).toEqual([]);
    expect(problemsOf(await enrol(id, people.colleague, caller(people.head)))).toEqual([]);
    expect(problemsOf(await enrol('nowhere', people.nurse))).toEqual(['NOT_FOUND programmeId']);
    expect(problemsOf(await withdraw(id, people.nurse, caller(people.nurse)))).toEqual([]);
    expect(problemsOf(await withdraw(id, people.nurse))).toEqual(['WRONG_STATE staffId']);
    expect(await enrol(id, people.nurse)).toMatchObject({ entity: { state: 'ENROLLED' } });
    await mutation('cancelProgramme', 'programme', 'state', {
      id,
      version,
      reason: 'Narasumber berhalangan',
    });
    expect(problemsOf(await enrol(id, people.other))).toEqual(['WRONG_STATE programmeId']);
    const late = await plan(9);
    api.at('2026-03-16T02:00:00.000Z');
    expect(problemsOf(await enrol(late.id, people.nurse))).toEqual(['OUT_OF_RANGE programmeId']);
    api.at('2026-03-10T02:00:00.000Z');
  });

  test('that are given up once it has begun stay empty, and are given up no more when it is over', async () => {
    const { id } = await plan(2);
    for (const staffId of nurses) await enrol(id, staffId);
    const states = async () =>
      new Map((await api.deps.store.training.enrolments(id)).map(({ staffId, state }) => [staffId, state]));
    const [first = '', second = '', third = ''] = nurses;
    api.at('2026-03-16T02:00:00.000Z');
    expect(problemsOf(await withdraw(id, first))).toEqual([]);
    expect(await api.deps.store.training.seats(id)).toMatchObject({ taken: 1, waiting: 1 });
    expect((await states()).get(third)).toBe('WAITING');
    const { entity } = await mutation<ProgrammeOf>('editProgramme', 'programme', 'version', {
      ...{ id, version: 1, startsOn: '2026-03-16', endsOn: '2026-03-18', place: 'Aula', capacity: 3 },
    });
    expect(entity).not.toBeNull();
    expect((await states()).get(third)).toBe('WAITING');
    api.at('2026-03-18T17:00:00.000Z');
    expect(problemsOf(await withdraw(id, second))).toEqual(['OUT_OF_RANGE programmeId']);
    expect(problemsOf(await withdraw(id, third))).toEqual([]);
    api.at('2026-03-10T02:00:00.000Z');
  });
});

describe('a programme that is called off', () => {
  const cancel = (id: string, version: number) =>
    mutation('cancelProgramme', 'programme', 'state', { id, version, reason: 'Narasumber berhalangan' });
  const timesTold = async (staffId: string, programmeId: string) => {
    const to = [{ kind: 'PERSON', staffId }] as const;
    const { items } = await api.deps.store.notices.page(
      to,
      { first: 100, after: null },
      '2020-01-01T00:00:00.000Z',
    );
    return items.filter(({ value }) => value.refs.subjectId === programmeId).length;
  };

  test('is told to who has a place or waits for one, and to nobody else', async () => {
    const { id, version } = await plan(1);
    for (const staffId of nurses) await enrol(id, staffId, caller(staffId));
    const [first = '', second = '', third = ''] = nurses;
    await withdraw(id, third, caller(third));
    const before = await Promise.all(nurses.map((staffId) => timesTold(staffId, id)));
    expect(await cancel(id, version)).toMatchObject({ entity: { state: 'CANCELLED' } });
    const after = await Promise.all([first, second, third].map((staffId) => timesTold(staffId, id)));
    expect(after.map((times, at) => times - (before[at] ?? 0))).toEqual([1, 1, 0]);
  });

  test('is told to everybody once, however many there are and wherever telling them was cut off', async () => {
    const { store } = api.deps;
    const { id } = await plan(100);
    const crowd = Array.from({ length: 100 }, (_, at) => `crowd-${String(at).padStart(3, '0')}`);
    const place = (staffId: string) =>
      ({
        ...{ programmeId: id, staffId, courseId: 'PRIMA', startsOn: '2026-03-16', state: 'ENROLLED' },
        ...{ requestedAt: '2026-03-10T02:00:00.000Z', hours: null, version: 0 },
      }) as Enrolment;
    for (let at = 0; at < crowd.length; at += 40)
      await write(
        store,
        crowd.slice(at, at + 40).map((staffId) => store.training.saveEnrolment(null, place(staffId))),
      );
    const called = await store.training.programme(id);
    if (called === null) throw new Error('no programme');
    const { auditHash: _, ...programme } = called;
    await write(store, [
      store.training.saveProgramme(called, { ...programme, state: 'CANCELLED', toldUpTo: '' }),
    ]);
    for (let n = 1; ; n += 1) {
      const cut = cutAtCall(api.table.client, n, n % 2 === 0 ? 'after' : 'before');
      await tellOfCancelled(api.deps, id).catch(() => undefined);
      cut.remove();
      if (!cut.happened) break;
    }
    await Promise.all([tellOfCancelled(api.deps, id), tellOfCancelled(api.deps, id)]);
    expect(await store.training.programme(id)).toMatchObject({ toldUpTo: null });
    expect(new Set(await Promise.all(crowd.map((staffId) => timesTold(staffId, id))))).toEqual(new Set([1]));
  });

  test('is told by the schedule where whoever called it off was cut off', async () => {
    const { store } = api.deps;
    const { id } = await plan(3);
    await enrol(id, people.nurse, caller(people.nurse));
    const open = await store.training.programme(id);
    if (open === null) throw new Error('no programme');
    const { auditHash: _, ...programme } = open;
    await write(store, [
      store.training.saveProgramme(open, { ...programme, state: 'CANCELLED', toldUpTo: '' }),
    ]);
    const duty = async () => (await runDuties(api.deps))['tellOfCancelledProgrammes'];
    expect(await duty()).toEqual({ done: [id], failed: [] });
    expect(await timesTold(people.nurse, id)).toBe(1);
    expect(await duty()).toEqual({ done: [], failed: [] });
  });
});

describe('after the programme', () => {
  test('attendance is recorded for everybody with a place, and the effect is shown of three and more', async () => {
    const { id, version } = await plan(3);
    for (const staffId of nurses) await enrol(id, staffId);
    const complete = (participants: object[]) =>
      mutation('completeProgramme', 'programme', 'state', { id, version, participants });
    const took = (staffId: string, hours = 16) => ({ staffId, hours, completed: true });
    expect(problemsOf(await complete(nurses.map((staffId) => took(staffId))))).toEqual(['OUT_OF_RANGE id']);
    api.at('2026-03-19T02:00:00.000Z');
    expect(problemsOf(await complete([took(people.nurse, 17), took(people.head)]))).toEqual([
      'OUT_OF_RANGE participants 0 hours',
      'NOT_FOUND participants 1 staffId',
      'REQUIRED participants',
    ]);
    const part = { id, version, participants: nurses.map((staffId) => took(staffId)), last: false };
    const participant = caller(people.nurse, 'HR_ADMIN');
    expect(
      problemsOf(await mutation('completeProgramme', 'programme', 'version', part, participant)),
    ).toEqual(['FORBIDDEN participants 0 staffId']);
    const recorded = await mutation<ProgrammeOf>('completeProgramme', 'programme', 'version', part);
    expect(problemsOf(recorded)).toEqual([]);
    // What is on record is not given up any more, and nothing is said before everybody is on record.
    expect(problemsOf(await withdraw(id, people.nurse, caller(people.nurse)))).toEqual([
      'WRONG_STATE staffId',
    ]);
    const EFFECT = `query ($id: ID!) { programme(id: $id) { effect { before after
      values { participants before { shown } after { shown } } lines { participants } } } }`;
    expect((await send(api.handler, planner, EFFECT, { id })).data).toEqual({ programme: { effect: null } });
    const last = { id, version: recorded.entity?.version, participants: [] };
    expect(await mutation('completeProgramme', 'programme', 'state', last)).toMatchObject({
      entity: { state: 'COMPLETED' },
    });
    expect((await send(api.handler, planner, EFFECT, { id })).data).toEqual({
      programme: {
        effect: {
          before: PERIOD,
          after: AFTER,
          values: { participants: 3, before: { shown: '3.00' }, after: { shown: '4.00' } },
          lines: null,
        },
      },
    });
    expect((await send(api.handler, caller(people.head), EFFECT, { id })).data).toEqual({
      programme: { effect: null },
    });
    // A slip of the pen is set right; nobody is added, and the places stay as they were.
    const seats = await api.deps.store.training.seats(id);
    const over = await api.deps.store.training.programme(id);
    const correct = (participants: object[]) =>
      mutation('completeProgramme', 'programme', 'state', { id, version: over?.version, participants });
    expect(problemsOf(await correct([took(people.head)]))).toEqual(['NOT_FOUND participants 0 staffId']);
    expect(await correct([{ staffId: people.other, hours: 3, completed: false }])).toMatchObject({
      entity: { state: 'COMPLETED' },
    });
    expect(await api.deps.store.training.enrolment(id, people.other)).toMatchObject({
      state: 'NOT_COMPLETED',
      hours: 3,
    });
    expect(await api.deps.store.training.seats(id)).toEqual(seats);
    expect((await send(api.handler, planner, EFFECT, { id })).data).toMatchObject({
      programme: { effect: { values: null } },
    });
    const MINE = `query ($id: ID!) { staff(id: $id) { enrolments { nodes { state hours programme { id } } } } }`;
    const { data } = await send<{ staff: { enrolments: { nodes: object[] } } }>(
      api.handler,
      caller(people.nurse),
      MINE,
      { id: people.nurse },
    );
    expect(data.staff.enrolments.nodes).toContainEqual({ state: 'COMPLETED', hours: 16, programme: { id } });
    api.at('2026-03-10T02:00:00.000Z');
  });
});

describe('a career development plan', () => {
  const steps = [
    { id: 'S1', text: 'Mengikuti pelatihan pelayanan prima', dueOn: '2026-06-30', courseId: 'PRIMA' },
    { id: 'S2', text: 'Memimpin gugus kendali mutu', dueOn: '2026-12-31' },
  ];
  const propose = (input: object, who: Caller = caller(people.nurse)) =>
    mutation(
      'proposeCareerPlan',
      'plan',
      'state version steps { id state note } mentor { id }',
      {
        staffId: people.nurse,
        goal: 'Perawat Ahli Muda',
        mentorId: people.agencyHead,
        steps,
        ...input,
      },
      who,
    );
  const agree = (version: number, who: Caller) =>
    mutation('agreeCareerPlan', 'plan', 'state version', { staffId: people.nurse, version }, who);
  const record = (version: number, who: Caller, stepId = 'S1') =>
    mutation(
      'recordCareerStep',
      'plan',
      'version steps { id state note }',
      {
        staffId: people.nurse,
        stepId,
        state: 'DONE',
        note: 'Lulus dengan baik',
        version,
      },
      who,
    );

  test('of somebody whom nobody assesses is agreed by the personnel office, not by themselves', async () => {
    const head = { staffId: people.agencyHead, version: 1 };
    const agreed = (who: Caller) => mutation('agreeCareerPlan', 'plan', 'state version', head, who);
    await propose({ staffId: people.agencyHead, mentorId: null }, caller(people.agencyHead));
    const OF = '{ notices(first: 50) { nodes { kind staff { id } } } }';
    const told = await send<{ notices: { nodes: object[] } }>(api.handler, hrAdmin, OF);
    expect(told.data.notices.nodes).toContainEqual({
      kind: 'DEVELOPMENT_PLAN',
      staff: { id: people.agencyHead },
    });
    for (const who of [caller(people.agencyHead), planner])
      expect(problemsOf(await agreed(who))).toEqual(['FORBIDDEN']);
    // Nor by an officer whom that person leads.
    for (const who of [caller(people.agencyHead, 'HR_ADMIN'), caller(people.nurse, 'HR_ADMIN')])
      expect(problemsOf(await agreed(who))).toEqual(['FORBIDDEN staffId']);
    expect(await agreed(hrAdmin)).toMatchObject({ entity: { state: 'AGREED', version: 2 } });
  });

  test('is proposed by the person, agreed by the assessor, and its steps are recorded with the mentor', async () => {
    expect(
      problemsOf(
        await propose({
          goal: ' ',
          mentorId: people.nurse,
          steps: [
            { ...steps[0], courseId: 'NOWHERE' },
            { ...steps[1], id: 'S1' },
          ],
        }),
      ),
    ).toEqual([
      'SELF_AS_OTHER mentorId',
      'REQUIRED goal',
      'NOT_FOUND steps 0 courseId',
      'DUPLICATE steps 1 id',
    ]);
    expect(problemsOf(await propose({}, caller(people.head)))).toEqual(['FORBIDDEN']);
    expect(await propose({})).toMatchObject({
      entity: { state: 'PROPOSED', version: 1, mentor: { id: people.agencyHead } },
    });
    expect(problemsOf(await record(1, caller(people.nurse)))).toEqual(['WRONG_STATE staffId']);
    expect(problemsOf(await agree(1, caller(people.nurse)))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await agree(1, hrAdmin))).toEqual(['FORBIDDEN']);
    expect(await agree(1, caller(people.head))).toMatchObject({ entity: { state: 'AGREED', version: 2 } });
    expect(problemsOf(await record(2, caller(people.stranger)))).toEqual(['FORBIDDEN']);
    expect(problemsOf(await record(2, caller(people.agencyHead), 'S9'))).toEqual(['NOT_FOUND stepId']);
    expect(await record(2, caller(people.agencyHead))).toMatchObject({
      entity: { version: 3, steps: [{ id: 'S1', state: 'DONE', note: 'Lulus dengan baik' }, { id: 'S2' }] },
    });
    // Proposed anew, it keeps what came of the steps that stay.
    expect(await propose({ version: 3, goal: 'Kepala ruang', steps: steps.slice(0, 1) })).toMatchObject({
      entity: { state: 'PROPOSED', steps: [{ id: 'S1', state: 'DONE' }] },
    });
  });

  test('is seen by the line above, the mentor, HR_ADMIN and AUDITOR', async () => {
    const PLAN = `query ($id: ID!) { staff(id: $id) { careerPlan { goal steps { course { id } } } } }`;
    const sees = async (who: Caller) =>
      (await send<{ staff: { careerPlan: unknown } }>(api.handler, who, PLAN, { id: people.nurse })).data
        .staff.careerPlan !== null;
    for (const who of [
      caller(people.nurse),
      caller(people.head),
      caller(people.agencyHead),
      hrAdmin,
      auditor,
    ])
      expect(await sees(who)).toBe(true);
    for (const who of [caller(people.colleague), caller(people.stranger), planner])
      expect(await sees(who)).toBe(false);
  });
});

test('the places of a list of programmes cost one request, however many there are', async () => {
  const { store } = api.deps;
  const programme = (number: number) => ({
    id: `many-${number}`,
    courseId: 'SERVICE',
    startsOn: '2031-04-01',
    endsOn: '2031-04-02',
    place: 'Aula',
    capacity: number,
    state: 'OPEN' as const,
    toldUpTo: null,
    version: 0,
  });
  const ask = async (most: number) => {
    const count = countRequests(api.table.client);
    const { data } = await send<{ programmes: { nodes: { id: string; seats: { capacity: number } }[] } }>(
      api.handler,
      hrAdmin,
      'query ($first: Int!) { programmes(from: "2031-01-01", first: $first) { nodes { id seats { capacity } } } }',
      { first: most },
    );
    count.remove();
    return { total: count.total, nodes: data.programmes.nodes };
  };
  await write(
    store,
    Array.from({ length: 12 }, (_, at) => store.training.saveProgramme(null, programme(at + 1))),
  );
  const few = await ask(1);
  const many = await ask(12);
  expect(many.nodes).toHaveLength(12);
  for (const { id, seats } of many.nodes) expect(id).toBe(`many-${seats.capacity}`);
  expect(many.total).toBe(few.total);
});
