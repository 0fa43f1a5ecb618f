import { problem } from '../domain/problem.ts';
import type { CareerPlan } from '../domain/training/career.ts';
import type { Course, Enrolment, Programme, Seats } from '../domain/training/course.ts';
import { getItems } from './batch-get.ts';
import { check, entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { SeatChange, TrainingStore } from './contract/training.ts';
import {
  auditName,
  careerKey,
  courseKey,
  coursesPartition,
  enrolmentKey,
  enrolmentPrefix,
  programmeKey,
  programmesPartition,
  seatsKey,
  trainingOfStaffPartition,
} from './keys.ts';
import * as schemas from './schemas/training.ts';
import { getItem, type Item, queryAll, queryList, type Table } from './table.ts';
import { requireUnchanged } from './version-check.ts';
import { type Action, prepare, type TransactItem } from './write.ts';

const courseCodec = entityCodec<Course>('COURSES', schemas.course);
const programmeCodec = entityCodec<Programme>('PROGRAMME# / PROGRAMME', schemas.programme);
const enrolmentCodec = entityCodec<Enrolment>('PROGRAMME# / ENROLMENT#', schemas.enrolment);
const careerCodec = entityCodec<CareerPlan>('CAREER#', schemas.careerPlan);
const SEATS = 'PROGRAMME# / SEATS';

type Codec<T> = { read(item: Item): T };
const orNull = <T>(codec: Codec<T>, item: Item | undefined): T | null =>
  item === undefined ? null : codec.read(item);

const seatsIn = (item: Item | undefined): Seats | null =>
  item === undefined ? null : check(SEATS, schemas.seats, item);

export function trainingStore(table: Table): TrainingStore {
  return {
    course: async (id) => orNull(courseCodec, await getItem(table, courseKey(id))),
    coursesOf: async (ids) =>
      (await getItems(table, ids.map(courseKey))).map((item) => orNull(courseCodec, item)),
    courses: (page) => queryList(table, { pk: coursesPartition }, page, courseCodec.read),
    catalogue: async () => (await queryAll(table, { pk: coursesPartition })).map(courseCodec.read),
    saveCourse: (before, after) =>
      prepare({
        audit: auditName.course(after.id),
        key: courseKey(after.id),
        ...courseCodec.change(before, after),
        attributes: {},
        ifPresent: () => problem('ALREADY_EXISTS', 'code', { id: after.id }),
      }),

    programme: async (id) => orNull(programmeCodec, await getItem(table, programmeKey(id))),
    programmesOf: async (ids) =>
      (await getItems(table, ids.map(programmeKey))).map((item) => orNull(programmeCodec, item)),
    programmes: (day, page) =>
      queryList(
        table,
        { index: 'gsi2', pk: programmesPartition, from: day, to: '9999' },
        page,
        programmeCodec.read,
      ),
    saveProgramme: (before, after, seats) =>
      prepare(
        {
          audit: auditName.programme(after.id),
          key: programmeKey(after.id),
          ...programmeCodec.change(before, after),
          attributes: { gsi2pk: programmesPartition, gsi2sk: `${after.startsOn}#${after.id}` },
          ifPresent: conflict,
        },
        () => [
          ...(before === null ? [newSeats(table, after)] : []),
          ...(seats === undefined ? [] : [changeSeats(table, after.id, seats)]),
        ],
      ),
    seats: async (programmeId) => seatsIn(await getItem(table, seatsKey(programmeId))),
    seatsOf: async (programmeIds) => (await getItems(table, programmeIds.map(seatsKey))).map(seatsIn),

    enrolment: async (programmeId, staffId) =>
      orNull(enrolmentCodec, await getItem(table, enrolmentKey(programmeId, staffId))),
    enrolments: async (programmeId) =>
      (await queryAll(table, { pk: programmeKey(programmeId).pk, prefix: enrolmentPrefix })).map(
        enrolmentCodec.read,
      ),
    enrolmentsOfStaff: (staffId, page) =>
      queryList(table, { index: 'gsi1', pk: trainingOfStaffPartition(staffId) }, page, enrolmentCodec.read),
    saveEnrolment: (before, after, seats, programme) =>
      prepare(
        {
          audit: auditName.enrolment(after),
          key: enrolmentKey(after.programmeId, after.staffId),
          ...enrolmentCodec.change(before, after),
          attributes: {
            gsi1pk: trainingOfStaffPartition(after.staffId),
            gsi1sk: `${after.startsOn}#${after.programmeId}`,
          },
          ifPresent: conflict,
        },
        () => [
          ...(seats === undefined ? [] : [changeSeats(table, after.programmeId, seats)]),
          ...(programme === undefined
            ? []
            : [requireUnchanged(table, programmeKey(programme.id), programme.version)]),
        ],
      ),

    career: async (staffId) => orNull(careerCodec, await getItem(table, careerKey(staffId))),
    saveCareer: (before, after) =>
      prepare({
        audit: auditName.career(after.staffId),
        key: careerKey(after.staffId),
        ...careerCodec.change(before, after),
        attributes: {},
        ifPresent: conflict,
      }),
  };
}

function newSeats(table: Table, { id, capacity }: Programme): Action {
  const key = seatsKey(id);
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...key, capacity, taken: 0, waiting: 0, changes: 0 },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}

/**
 * The places are counted apart from the programme, so that many can enrol at once: each change states what it takes for
 * granted, and no two that contradict each other both win.
 */
function changeSeats(table: Table, programmeId: string, change: SeatChange): Action {
  const key = seatsKey(programmeId);
  return {
    key,
    item: {
      Update: {
        TableName: table.name,
        Key: key,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...expressionOf(change),
      },
    },
    refusal: () => problem('CONFLICT'),
  };
}

type Expression = Pick<
  NonNullable<TransactItem['Update']>,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> & { readonly UpdateExpression: string };

function expressionOf(change: SeatChange): Expression {
  const { set = [], add = {}, where = [], values = {} } = termsOf(change);
  const added = Object.entries({ ...add, changes: 1 });
  const updates = [
    ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
    `ADD ${added.map(([name]) => `#${name} :add_${name}`).join(', ')}`,
  ];
  const UpdateExpression = updates.join(' ');
  const ConditionExpression = ['attribute_not_exists(#closed)', ...where].join(' AND ');
  const used = `${UpdateExpression} ${ConditionExpression}`.matchAll(/#(\w+)/g);
  return {
    UpdateExpression,
    ConditionExpression,
    ExpressionAttributeNames: Object.fromEntries([...used].map(([alias, name = '']) => [alias, name])),
    ExpressionAttributeValues: {
      ...values,
      ...Object.fromEntries(added.map(([name, by]) => [`:add_${name}`, by])),
    },
  };
}

interface Terms {
  readonly set?: readonly string[];
  /** By how much a number changes. */
  readonly add?: Readonly<Partial<Record<'taken' | 'waiting', number>>>;
  readonly where?: readonly string[];
  readonly values?: Readonly<Record<string, number | boolean>>;
}

/** Nothing of the places has changed since they were read. Those without a count of changes are of release 0.1.0. */
const isAsRead = ({ changes }: Seats): string =>
  changes === 0 ? '(attribute_not_exists(#changes) OR #changes = :changes)' : '#changes = :changes';

function termsOf(change: SeatChange): Terms {
  const none = { ':none': 0 };
  switch (change.kind) {
    case 'TAKE':
      return { add: { taken: 1 }, where: ['#taken < #capacity', '#waiting = :none'], values: none };
    case 'QUEUE':
      return { add: { waiting: 1 }, where: ['(#taken >= #capacity OR #waiting > :none)'], values: none };
    case 'RELEASE':
      return { add: { taken: -1 }, where: ['#taken > :none', '#waiting = :none'], values: none };
    case 'VACATE':
      return { add: { taken: -1 }, where: ['#taken > :none'], values: none };
    case 'PASS_ON':
      return {
        add: { taken: change.promoted - 1, waiting: -change.promoted - change.left },
        where: ['#taken > :none', isAsRead(change.from)],
        values: { ...none, ':changes': change.from.changes },
      };
    case 'LEAVE_QUEUE':
      return { add: { waiting: -1 }, where: ['#waiting > :none'], values: none };
    case 'CLOSE':
      return { set: ['#closed = :closed'], values: { ':closed': true } };
    case 'RESIZE':
      return {
        set: ['#capacity = :capacity'],
        add: { taken: change.promoted, waiting: -change.promoted - change.left },
        where: [isAsRead(change.from)],
        values: { ':capacity': change.capacity, ':changes': change.from.changes },
      };
  }
}
