/** Tables hold what the queries that show the same answer to the same reader, no more and no less. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportColumns } from '../../functions/domain/export/columns.ts';
import { asPlainText, type ExportTableName } from '../../functions/domain/export/table.ts';
import { exportWords } from '../../functions/domain/export/words.ts';
import { type Message, resultWords } from '../../functions/domain/messages.ts';
import { planPeriod } from '../../functions/domain/period/period.ts';
import * as an from '../store/examples.ts';
import { PERIOD, region, type WorkRegion, workRegion } from '../usecases/work-region.ts';
import { execute } from '../workflow/machine.ts';
import { type PersonSpec, write } from '../workflow/region.ts';
import { auditor, type Caller, caller, hrAdmin, nobody, planner, send } from './endpoint-client.ts';

const NURSES = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'];
let at: WorkRegion;

/** n6 gives everybody 3, of their peers; the superior is far below all others. */
const markOf = (rater: string): number => (rater === 'n6' ? 3 : 4);

beforeAll(async () => {
  at = await workRegion({
    ...region,
    people: [
      ...region.people.filter(({ id }) => !/^n\d$/.test(id)),
      ...NURSES.map(
        (id): PersonSpec => ({
          id,
          unit: 'puskesmas',
          jobGroup: 'nurse',
          set: { by: 'kapus', workResult: 'MEETS', behaviour: 'BELOW' },
          rated: [
            ['SUPERIOR', 'kapus', 1],
            ...NURSES.filter((rater) => rater !== id).map((rater) => ['PEER', rater, markOf(rater)] as const),
          ],
        }),
      ),
    ],
  });
  await fill();
  at.api.at('2026-04-05T17:00:03.000Z');
  await execute(at.deps, { periodId: PERIOD, attempt: 1 });
});
afterAll(() => at.api.drop());

/** One of everything beside ratings. */
async function fill(): Promise<void> {
  const { store } = at.deps;
  const course = {
    id: 'PRIMA',
    title: 'Pelayanan prima',
    description: '=2+2',
    competence: 'SOCIO_CULTURAL',
    method: 'WORKSHOP',
    hours: 8,
    values: ['SERVICE', 'HARMONIOUS'],
    indicatorIds: ['visits'],
    jobGroups: ['nurse'],
    retired: false,
    version: 0,
  } as const;
  const programme = {
    id: 'prima-1',
    courseId: course.id,
    startsOn: '2026-02-01',
    endsOn: '2026-02-02',
    place: 'Aula',
    capacity: 5,
    state: 'OPEN',
    version: 0,
  } as const;
  const step = {
    id: 's-1',
    text: 'Sertifikat',
    dueOn: '2026-12-01',
    courseId: course.id,
    state: 'PLANNED',
    note: null,
  } as const;
  const noCounts = {
    NO_PLAN: 0,
    NOT_REPORTED: 0,
    BEHIND: 1,
    ON_PACE: 2,
    AHEAD: 0,
    NOT_COMPARABLE: 0,
    NOT_DUE: 0,
    TAKEN_OVER: 0,
  };
  await write(store, [
    store.training.saveCourse(null, course),
    store.training.saveProgramme(null, programme),
    store.training.saveCareer(null, {
      staffId: 'n1',
      goal: '+Kepala ruang',
      mentorId: 'kadis',
      steps: [step, { ...step, id: 's-2', text: 'Magang', courseId: null, state: 'DONE', note: 'baik' }],
      state: 'AGREED',
      version: 0,
    }),
    store.goals.save(null, an.goal({ unitId: 'puskesmas' })),
    store.periods.save(null, {
      ...planPeriod('2025', null, 420),
      state: 'FINAL',
      publishedRun: 'r1',
      publishedAt: '2026-01-20T17:00:00.000Z',
      failure: 'ThrottlingException',
      lateDecisions: [
        {
          sourcePeriodId: '2025-Q4',
          staffIds: ['n1', 'n2'],
          outcome: 'KEEP',
          reason: '@terlambat',
          decidedById: 'hr',
          at: '2026-02-20T01:00:00.000Z',
        },
      ],
    }),
  ]);
  for (const unitId of ['dinkes', 'puskesmas', 'dispar'])
    await store.progress.put(
      {
        unitId,
        year: 2026,
        day: '2026-03-10',
        at: '2026-03-09T20:00:00.000Z',
        through: '2026-02',
        counts: noCounts,
        agreement: 'BEHIND',
      },
      unitId === 'puskesmas'
        ? [
            { staffId: 'kapus', pace: 'ON_PACE', missing: 0 },
            { staffId: 'n1', pace: 'BEHIND', missing: 2 },
          ]
        : [],
    );
}

const readers: Readonly<Record<string, Caller | null>> = {
  hrAdmin,
  auditor,
  planner,
  kadis: caller('kadis'),
  kapus: caller('kapus'),
  kadispar: caller('kadispar'),
  n1: caller('n1'),
  nobody,
};

async function exported(who: Caller | null, table: ExportTableName, input: object) {
  const query = 'query ($input: ExportInput!) { exportTable(input: $input) { rows base64 } }';
  const { data, codes } = await send<{ exportTable: { rows: number; base64: string } | null }>(
    at.api.handler,
    who,
    query,
    { input: { table, format: 'CSV', ...input } },
    { language: 'en' },
  );
  const text = Buffer.from(data?.exportTable?.base64 ?? '', 'base64').toString('utf8');
  return { codes, text, rows: cellsOf(text).slice(1) };
}

/** Cells of a CSV; '' is null. */
function cellsOf(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    const cell = quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"');
    if (end === '' && cell === '') break;
    rows.at(-1)?.push(cell === '' ? null : cell);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** A part of an answer. */
class Node {
  private readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }

  private of(path: string): unknown {
    let value = this.value;
    for (const name of path.split('.'))
      value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
    return value ?? null;
  }

  node(path: string): Node {
    return new Node(this.of(path));
  }

  list(path: string): readonly Node[] {
    const value = this.of(path);
    return Array.isArray(value) ? value.map((each) => new Node(each)) : [];
  }

  /** As a cell says it. */
  cell(path: string): string | null {
    const value = this.of(path);
    return value === null || value === '' ? null : String(value);
  }

  cells(...paths: readonly string[]): readonly (string | null)[] {
    return paths.map((path) => this.cell(path));
  }

  /** A code in words. */
  word(path: string, words: Readonly<Record<string, Message>>): string | null {
    const code = this.cell(path);
    return code === null ? null : (words[code]?.en ?? `no word for ${code}`);
  }

  words(path: string, words: Readonly<Record<string, Message>>): string {
    const value = this.of(path);
    return (Array.isArray(value) ? value : []).map((code) => words[String(code)]?.en).join('; ');
  }
}

type Cells = readonly (string | null)[];

/** A table beside the query that shows the same. */
interface Sample {
  readonly table: ExportTableName;
  readonly input: object;
  readonly query: string;
  /** The rows that the answer makes. */
  readonly rows: (answer: Node) => readonly Cells[];
  /** Who is answered; the others are refused, by the query as by the table. */
  readonly allowed: readonly string[];
}

const SIGNED_IN = ['hrAdmin', 'auditor', 'planner', 'kadis', 'kapus', 'kadispar', 'n1'];
const HEADS = ['kadis', 'kapus'];
const unit = { unitId: 'puskesmas' };
const PUSKESMAS = ['02', 'Unit puskesmas'];
const who = 'staff { nip name }';
const WHO = ['staff.nip', 'staff.name'];
const yesNo = { true: exportWords.yesNo.yes, false: exportWords.yesNo.no };

const looked = 'unit { code name } year at through agreementPace counts { count }';
const ofLook = (one: Node): Cells => [
  ...one.cells('year', 'unit.code', 'unit.name', 'at', 'through'),
  one.word('agreementPace', exportWords.pace),
  ...one.list('counts').map((each) => each.cell('count')),
];

const samples: readonly Sample[] = [
  {
    table: 'COURSES',
    input: {},
    query:
      '{ courses { nodes { id title description competence method hours values indicatorIds jobGroups retired } } }',
    rows: (answer) =>
      answer.list('courses.nodes').map((one) => [
        ...one.cells('id', 'title', 'description'),
        one.word('competence', exportWords.competence),
        one.word('method', exportWords.trainingMethod),
        one.cell('hours'),
        one.words('values', exportWords.value),
        // The catalogue of the test has its ids as codes.
        one.cell('indicatorIds')?.toUpperCase() ?? null,
        one.cell('jobGroups'),
        one.word('retired', yesNo),
      ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'PROGRAMMES',
    input: {},
    query:
      '{ programmes(from: "2000-01-01") { nodes { course { id title } startsOn endsOn place seats { capacity taken waiting } state } } }',
    rows: (answer) =>
      answer
        .list('programmes.nodes')
        .map((one) => [
          ...one.cells('course.id', 'course.title', 'startsOn', 'endsOn', 'place'),
          ...one.cells('seats.capacity', 'seats.taken', 'seats.waiting'),
          one.word('state', exportWords.programme),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'TRAINING_CANDIDATES',
    input: { ...unit, periodId: PERIOD, courseId: 'PRIMA' },
    query: `{ course(id: "PRIMA") { title candidates(unitId: "puskesmas", periodId: "${PERIOD}", top: 100) {
      ${who} need { shown } reasons { value title } } } }`,
    rows: (answer) =>
      answer.list('course.candidates').map((one, index) => [
        answer.cell('course.title'),
        PERIOD,
        ...PUSKESMAS,
        String(index + 1),
        ...one.cells(...WHO),
        one.cell('need.shown'),
        one
          .list('reasons')
          .map((reason) => reason.word('value', exportWords.value) ?? reason.cell('title'))
          .join('; '),
      ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'CAREER_PLANS',
    input: { staffId: 'n1' },
    query: `{ staff(id: "n1") { nip name unit { code name } careerPlan { goal mentor { name } state steps { text dueOn course { title } state note } } } }`,
    rows: (answer) =>
      answer
        .list('staff.careerPlan.steps')
        .map((step) => [
          ...answer.cells('staff.nip', 'staff.name', 'staff.unit.code', 'staff.unit.name'),
          ...answer.cells('staff.careerPlan.goal', 'staff.careerPlan.mentor.name'),
          answer.word('staff.careerPlan.state', exportWords.careerPlan),
          ...step.cells('text', 'dueOn', 'course.title'),
          step.word('state', exportWords.careerStep),
          step.cell('note'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS, 'n1'],
  },
  {
    table: 'RATING_COMPLETION',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingCompletion(periodId: "${PERIOD}", unitId: "puskesmas") { staff groups { group due done } } }`,
    rows: (answer) =>
      answer
        .list('ratingCompletion.groups')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          answer.cell('ratingCompletion.staff'),
          one.word('group', resultWords.group),
          ...one.cells('due', 'done'),
        ]),
    allowed: ['hrAdmin', 'auditor', ...HEADS],
  },
  {
    table: 'RATING_FLAGS',
    input: { ...unit, periodId: PERIOD },
    query: `{ ratingFlags(periodId: "${PERIOD}", unitId: "puskesmas") { kind ${who} caseId ratings mean others day } }`,
    rows: (answer) =>
      answer
        .list('ratingFlags')
        .map((one) => [
          PERIOD,
          ...PUSKESMAS,
          one.word('kind', exportWords.flag),
          ...one.cells(...WHO, 'caseId', 'ratings', 'mean', 'others', 'day'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'PROGRESS',
    input: { ...unit, year: 2026 },
    query: `{ unitProgress(unitId: "puskesmas", year: 2026) { at through people { nodes { ${who} pace missing } } } }`,
    rows: (answer) =>
      answer
        .list('unitProgress.people.nodes')
        .map((one) => [
          '2026',
          ...one.cells(...WHO),
          ...PUSKESMAS,
          ...answer.cells('unitProgress.at', 'unitProgress.through'),
          one.word('pace', exportWords.pace),
          one.cell('missing'),
        ]),
    allowed: ['hrAdmin', 'auditor', 'planner', ...HEADS],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { year: 2026 },
    query: `{ regionProgress(year: 2026) { units { nodes { ${looked} } } } }`,
    rows: (answer) => answer.list('regionProgress.units.nodes').map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner'],
  },
  {
    table: 'UNIT_PROGRESS',
    input: { unitId: 'dinkes', year: 2026 },
    query: `{ unitProgress(unitId: "dinkes", year: 2026) { ${looked} unitsBelow { nodes { ${looked} } } } }`,
    rows: (answer) =>
      [answer.node('unitProgress'), ...answer.list('unitProgress.unitsBelow.nodes')].map(ofLook),
    allowed: ['hrAdmin', 'auditor', 'planner', 'kadis'],
  },
  {
    table: 'PERIODS',
    input: {},
    query: '{ periods { id start end state closesAt attempt publishedAt finalAt failure } }',
    rows: (answer) =>
      answer
        .list('periods')
        .map((one) => [
          ...one.cells('id', 'start', 'end'),
          one.word('state', exportWords.period),
          ...one.cells('closesAt', 'attempt', 'publishedAt', 'finalAt', 'failure'),
        ]),
    allowed: SIGNED_IN,
  },
  {
    table: 'LATE_CORRECTIONS',
    input: { periodId: '2025' },
    query: `{ lateCorrections(periodId: "2025") { nodes { sourcePeriodId ${who} decision { outcome reason at } } } }`,
    rows: (answer) =>
      answer
        .list('lateCorrections.nodes')
        .map((one) => [
          '2025',
          ...one.cells('sourcePeriodId', ...WHO),
          one.word('decision.outcome', exportWords.late),
          ...one.cells('decision.reason', 'decision.at'),
        ]),
    allowed: ['hrAdmin', 'auditor'],
  },
  {
    table: 'GOALS_NOT_TAKEN_UP',
    input: { year: 2026 },
    query: '{ goalsNotTakenUp(year: 2026) { nodes { code title unit { code name } fromYear toYear } } }',
    rows: (answer) =>
      answer
        .list('goalsNotTakenUp.nodes')
        .map((one) => [
          '2026',
          ...one.cells('code', 'title', 'unit.code', 'unit.name', 'fromYear', 'toYear'),
        ]),
    allowed: SIGNED_IN,
  },
];

describe.each(samples)('$table $input', ({ table, input, query, rows, allowed }) => {
  test('says to each reader what the query says to them', async () => {
    for (const [name, reader] of Object.entries(readers)) {
      const answer = await send(at.api.handler, reader, query);
      const file = await exported(reader, table, input);
      if (!allowed.includes(name)) {
        const refused = reader === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([name, file.codes, file.text]).toEqual([name, [refused], '']);
        // What nobody but its readers sees is refused, or null.
        if (answer.codes.length === 0 && table !== 'PERIODS') expect(rows(new Node(answer.data))).toEqual([]);
        continue;
      }
      expect([name, answer.codes, file.codes]).toEqual([name, [], []]);
      const expected = rows(new Node(answer.data)).map((row) =>
        row.map((cell, index) =>
          cell !== null && exportColumns[table][index]?.kind === 'TEXT' ? asPlainText(cell) : cell,
        ),
      );
      expect(expected.length).toBeGreaterThan(0);
      expect([name, ...file.rows]).toEqual([name, ...expected]);
      for (const row of file.rows) expect(row).toHaveLength(exportColumns[table].length);
    }
  });
});

test('patterns among anonymous raters are a case without a name, in the table too', async () => {
  const { rows } = await exported(auditor, 'RATING_FLAGS', { ...unit, periodId: PERIOD });
  const anonymous = rows.filter((row) => row[6] !== null);
  expect(anonymous.length).toBeGreaterThan(0);
  for (const row of anonymous) expect(row.slice(4, 6)).toEqual([null, null]);
});

test('of a unit with units below a table has the rows of each, as the query says them', async () => {
  const of = (who: Caller, unitId: string) =>
    exported(who, 'RATING_COMPLETION', { unitId, periodId: PERIOD });
  const all = await of(caller('kadis'), 'dinkes');
  const each = await Promise.all(
    ['dinkes', 'puskesmas', 'puskesmas2'].map((unitId) => of(caller('kadis'), unitId)),
  );
  expect(all.rows).toHaveLength(12);
  expect(all.rows.slice(4)).toEqual(each.slice(1).flatMap(({ rows }) => rows));
  expect((await of(caller('kapus'), 'dinkes')).codes).toEqual(['FORBIDDEN']);
});
