/** Places of a training programme: more people than places, who give up, ask again and click twice, while the office adds places. */
import { caller, hrAdmin } from '../../api/endpoint-client.ts';
import type { Arena } from './clients.ts';
import { History, isLinearizable, type Model } from './linearizable.ts';
import type { Played } from './scenario.ts';

const PLACES = 3;
const ROUNDS = 3;
const READERS = 2;
const READS = 8;

interface Seat {
  readonly state: string;
  readonly requestedAt: string;
}

type Input =
  | { readonly does: 'ENROL' | 'WITHDRAW'; readonly who: string }
  | { readonly does: 'READ'; readonly who: string }
  /** Anybody reads how many places there are, are taken and are waited for: one item, read with strong consistency. */
  | { readonly does: 'COUNT' }
  | { readonly does: 'RESIZE'; readonly to: number };

/** The seat that was read, the counts in words, or the codes of a refusal. */
type Output = Seat | string;

interface Programme {
  readonly capacity: number;
  readonly seats: ReadonlyMap<string, Seat>;
}

const count = ({ seats }: Programme, state: string): number =>
  [...seats.values()].filter((seat) => seat.state === state).length;

const countsOf = (programme: Programme): string =>
  `${programme.capacity} ${count(programme, 'ENROLLED')} ${count(programme, 'WAITING')}`;

/** Places that are free go to whoever has waited longest. */
const filled = (programme: Programme): Programme => {
  const free = programme.capacity - count(programme, 'ENROLLED');
  const served = [...programme.seats]
    .filter(([, { state }]) => state === 'WAITING')
    .sort(([, a], [, b]) => (a.requestedAt < b.requestedAt ? -1 : 1))
    .slice(0, Math.max(0, free));
  return {
    ...programme,
    seats: new Map([
      ...programme.seats,
      ...served.map(([who, seat]) => [who, { ...seat, state: 'ENROLLED' }] as const),
    ]),
  };
};

const withSeat = (programme: Programme, who: string, seat: Seat): Programme => ({
  ...programme,
  seats: new Map([...programme.seats, [who, seat]]),
});

export const model: Model<Programme, Input, Output> = {
  initial: { capacity: PLACES, seats: new Map() },
  step: (programme, input, output) => {
    // Asked to try again: nothing happened.
    if (output === 'CONFLICT') return programme;
    if (input.does === 'RESIZE')
      return output === 'DONE' ? filled({ ...programme, capacity: input.to }) : null;
    if (input.does === 'COUNT') return output === countsOf(programme) ? programme : null;
    const seat = programme.seats.get(input.who);
    const holds = seat !== undefined && seat.state !== 'WITHDRAWN';
    switch (input.does) {
      case 'READ':
        return typeof output !== 'string' &&
          seat?.state === output.state &&
          seat.requestedAt === output.requestedAt
          ? programme
          : null;
      case 'WITHDRAW': {
        if (typeof output === 'string')
          return !holds && output === (seat === undefined ? 'NOT_FOUND' : 'WRONG_STATE') ? programme : null;
        return holds ? filled(withSeat(programme, input.who, { ...seat, state: 'WITHDRAWN' })) : null;
      }
      case 'ENROL': {
        if (typeof output === 'string') return null;
        if (holds) return programme;
        const free = count(programme, 'ENROLLED') < programme.capacity && count(programme, 'WAITING') === 0;
        return withSeat(programme, input.who, {
          state: free ? 'ENROLLED' : 'WAITING',
          requestedAt: output.requestedAt,
        });
      }
    }
  },
  keyOf: ({ capacity, seats }) =>
    `${capacity} ${[...seats]
      .map(([who, { state, requestedAt }]) => `${who}${state}${requestedAt}`)
      .sort()
      .join()}`,
};

export async function competeForPlaces(arena: Arena, people: readonly string[]): Promise<Played> {
  const code = `C${arena.tick()}`;
  await arena.mutate(
    hrAdmin,
    'createCourse',
    'CreateCourseInput',
    {
      code,
      title: 'Pelayanan prima',
      description: 'Melayani dengan empati',
      competence: 'SOCIO_CULTURAL',
      method: 'SIMULATION',
      hours: 16,
      values: ['SERVICE'],
      indicatorIds: [],
      jobGroups: [],
    },
    'course { id }',
  );
  const terms = { startsOn: '2026-03-16', endsOn: '2026-03-18', place: 'Aula' };
  const planned = await arena.mutate<{ id: string; version: number }>(
    hrAdmin,
    'planProgramme',
    'PlanProgrammeInput',
    { courseId: code, ...terms, capacity: PLACES },
    'programme { id version }',
  );
  if (planned.answer === null) throw new Error(planned.codes.join());
  const { id: programmeId } = planned.answer;
  let version = planned.answer.version;
  const history = new History<Input, Output>(arena.tick);

  const act = (does: 'ENROL' | 'WITHDRAW', who: string) =>
    history.record(
      () =>
        arena.mutate<Seat>(
          arena.random(2) === 0 ? hrAdmin : caller(who),
          does === 'ENROL' ? 'enrol' : 'withdrawEnrolment',
          'EnrolInput',
          { programmeId, staffId: who },
          'enrolment { state requestedAt }',
        ),
      ({ answer, codes }) =>
        // What was done, and what was read after it: others may have come between.
        codes.length > 0 || answer === null
          ? [{ input: { does, who }, output: codes.join() }]
          : [
              { input: { does, who }, output: answer },
              { input: { does: 'READ', who }, output: answer },
            ],
    );
  const person = async (who: string): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      // A double click.
      await Promise.all(Array.from({ length: 1 + arena.random(2) }, () => act('ENROL', who)));
      if (arena.random(3) > 0)
        await Promise.all(Array.from({ length: 1 + arena.random(2) }, () => act('WITHDRAW', who)));
    }
  };
  const office = async (): Promise<void> => {
    for (const to of [PLACES + 1, PLACES + 2]) {
      await history.record(
        () =>
          arena.mutate<{ version: number }>(
            hrAdmin,
            'editProgramme',
            'EditProgrammeInput',
            { id: programmeId, version, ...terms, capacity: to },
            'programme { version }',
          ),
        ({ answer, codes }) => {
          version = answer?.version ?? version;
          return [{ input: { does: 'RESIZE', to }, output: codes.join() || 'DONE' }];
        },
      );
    }
  };
  const reader = async (): Promise<void> => {
    for (let read = 0; read < READS; read += 1) {
      await history.record(
        () =>
          arena.query<{ programme: { seats: Record<'capacity' | 'taken' | 'waiting', number> } }>(
            hrAdmin,
            'query ($id: ID!) { programme(id: $id) { seats { capacity taken waiting } } }',
            { id: programmeId },
          ),
        ({ programme: { seats } }) => [
          { input: { does: 'COUNT' }, output: `${seats.capacity} ${seats.taken} ${seats.waiting}` },
        ],
      );
    }
  };
  await Promise.all([...people.map(person), office(), ...Array.from({ length: READERS }, reader)]);

  const { events } = history;
  const wrong = isLinearizable(model, events)
    ? []
    : [
        events
          .map(({ input, output, called, answered }) => JSON.stringify([called, answered, input, output]))
          .join(' '),
      ];
  return {
    operations: events.length,
    again: events.filter(({ output }) => output === 'CONFLICT').length,
    wrong,
  };
}
