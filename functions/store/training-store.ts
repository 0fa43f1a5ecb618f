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
    saveEnrolment: (before, after, seats) =>
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
        () => (seats === undefined ? [] : [changeSeats(table, after.programmeId, seats)]),
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
        Item: { ...key, capacity, taken: 0, waiting: 0 },
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
  const names = { '#capacity': 'capacity', '#taken': 'taken', '#waiting': 'waiting', '#closed': 'closed' };
  const isOpen = 'attribute_not_exists(#closed)';
  const without = (name: keyof typeof names) =>
    Object.fromEntries(Object.entries(names).filter(([each]) => each !== name));
  switch (change.kind) {
    case 'TAKE':
      return {
        UpdateExpression: 'ADD #taken :one',
        ConditionExpression: `${isOpen} AND #taken < #capacity AND #waiting = :none`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':one': 1, ':none': 0 },
      };
    case 'QUEUE':
      return {
        UpdateExpression: 'ADD #waiting :one',
        ConditionExpression: `${isOpen} AND (#taken >= #capacity OR #waiting > :none)`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':one': 1, ':none': 0 },
      };
    case 'RELEASE':
      return {
        UpdateExpression: 'ADD #taken :less',
        ConditionExpression: `${isOpen} AND #taken > :none AND #waiting = :none`,
        ExpressionAttributeNames: without('#capacity'),
        ExpressionAttributeValues: { ':less': -1, ':none': 0 },
      };
    case 'PASS_ON':
      return {
        UpdateExpression: 'ADD #waiting :less',
        ConditionExpression: `${isOpen} AND #waiting > :none AND #waiting = :waiting`,
        ExpressionAttributeNames: { '#waiting': 'waiting', '#closed': 'closed' },
        ExpressionAttributeValues: { ':less': -1, ':none': 0, ':waiting': change.waiting },
      };
    case 'LEAVE_QUEUE':
      return {
        UpdateExpression: 'ADD #waiting :less',
        ConditionExpression: `${isOpen} AND #waiting > :none`,
        ExpressionAttributeNames: { '#waiting': 'waiting', '#closed': 'closed' },
        ExpressionAttributeValues: { ':less': -1, ':none': 0 },
      };
    case 'CLOSE':
      return {
        UpdateExpression: 'SET #closed = :closed',
        ConditionExpression: isOpen,
        ExpressionAttributeNames: { '#closed': 'closed' },
        ExpressionAttributeValues: { ':closed': true },
      };
    case 'RESIZE':
      return {
        UpdateExpression: 'SET #capacity = :capacity, #taken = :takenAfter, #waiting = :waitingAfter',
        ConditionExpression: `${isOpen} AND #taken = :taken AND #waiting = :waiting`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ':capacity': change.capacity,
          ':taken': change.from.taken,
          ':waiting': change.from.waiting,
          ':takenAfter': change.from.taken + change.promoted,
          ':waitingAfter': change.from.waiting - change.promoted,
        },
      };
  }
}
