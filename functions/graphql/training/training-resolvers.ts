import type { NeedReason } from '../../domain/training/needs.ts';
import { regionToday } from '../../usecases/region-clock.ts';
import { cancelProgramme } from '../../usecases/training/cancel-programme.ts';
import { completeProgramme } from '../../usecases/training/complete-programme.ts';
import { createCourse } from '../../usecases/training/create-course.ts';
import { editCourse } from '../../usecases/training/edit-course.ts';
import { editProgramme } from '../../usecases/training/edit-programme.ts';
import { enrol } from '../../usecases/training/enrol.ts';
import { planProgramme } from '../../usecases/training/plan-programme.ts';
import { effectOfProgramme } from '../../usecases/training/read-effect.ts';
import { enrolmentsOfProgramme, enrolmentsOfStaff } from '../../usecases/training/read-enrolments.ts';
import { candidatesFor, needsOfStaff } from '../../usecases/training/read-needs.ts';
import { retireCourse } from '../../usecases/training/retire-course.ts';
import { withdrawEnrolment } from '../../usecases/training/withdraw-enrolment.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect, pageRequest, toConnection } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

const asCourse = <T>(course: T) => ({ course });
const asProgramme = <T>(programme: T) => ({ programme });
const asEnrolment = <T>(enrolment: T) => ({ enrolment });

/** A reason has the fields of its kind; the others are null. */
const ofKind = <K extends NeedReason['kind']>(reason: NeedReason, kind: K) =>
  reason.kind === kind ? (reason as Extract<NeedReason, { kind: K }>) : null;

export const trainingResolvers: Resolvers = {
  Query: {
    courses: (_, args, { deps }) =>
      connect({ query: 'Query.courses', scope: null }, args, (page) => deps.store.training.courses(page)),
    course: (_, { id }, { deps }) => deps.store.training.course(id),
    programmes: async (_, { from, ...args }, { deps }) => {
      const day = from ?? (await regionToday(deps));
      return connect({ query: 'Query.programmes', scope: from ?? null }, args, (page) =>
        deps.store.training.programmes(day, page),
      );
    },
    programme: (_, { id }, { deps }) => deps.store.training.programme(id),
  },
  Mutation: {
    createCourse: (_, { input }, context) =>
      mutate(context, () => createCourse(context.deps, context.actor, input), asCourse),
    editCourse: (_, { input }, context) =>
      mutate(
        context,
        () => editCourse(context.deps, context.actor, input),
        asCourse,
        () => context.deps.store.training.course(input.id),
      ),
    retireCourse: (_, { input }, context) =>
      mutate(
        context,
        () => retireCourse(context.deps, context.actor, input),
        asCourse,
        () => context.deps.store.training.course(input.id),
      ),
    planProgramme: (_, { input }, context) =>
      mutate(context, () => planProgramme(context.deps, context.actor, input), asProgramme),
    editProgramme: (_, { input }, context) =>
      mutate(
        context,
        () => editProgramme(context.deps, context.actor, input),
        asProgramme,
        () => context.deps.store.training.programme(input.id),
      ),
    cancelProgramme: (_, { input }, context) =>
      mutate(
        context,
        () => cancelProgramme(context.deps, context.actor, input),
        asProgramme,
        () => context.deps.store.training.programme(input.id),
      ),
    completeProgramme: (_, { input }, context) =>
      mutate(
        context,
        () => completeProgramme(context.deps, context.actor, input),
        asProgramme,
        () => context.deps.store.training.programme(input.id),
      ),
    enrol: (_, { input }, context) =>
      mutate(context, () => enrol(context.deps, context.actor, input), asEnrolment),
    withdrawEnrolment: (_, { input }, context) =>
      mutate(context, () => withdrawEnrolment(context.deps, context.actor, input), asEnrolment),
  },
  Course: {
    candidates: (course, args, { deps, actor }) => candidatesFor(deps, actor, course, args),
  },
  Programme: {
    course: ({ courseId }, _, { deps }) => deps.store.training.course(courseId),
    seats: ({ id }, _, { deps }) => deps.store.training.seats(id),
    enrolments: (programme, _, { deps, actor }) => enrolmentsOfProgramme(deps, actor, programme),
    effect: (programme, _, { deps, actor }) => effectOfProgramme(deps, actor, programme),
  },
  Enrolment: {
    programme: ({ programmeId }, _, { deps }) => deps.store.training.programme(programmeId),
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
  TrainingNeed: {
    course: ({ courseId }, _, { deps }) => deps.store.training.course(courseId),
  },
  TrainingCandidate: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
  NeedReason: {
    value: (reason) => ofKind(reason, 'VALUE')?.value ?? null,
    mean: (reason) => ofKind(reason, 'VALUE')?.mean ?? null,
    lineId: (reason) => ofKind(reason, 'LINE')?.lineId ?? null,
    title: (reason) => ofKind(reason, 'LINE')?.title ?? null,
    achievement: (reason) => ofKind(reason, 'LINE')?.achievement ?? null,
  },
  Staff: {
    trainingNeeds: (staff, { periodId }, { deps, actor }) => needsOfStaff(deps, actor, staff, periodId),
    enrolments: async (staff, args, { deps, actor }) => {
      const list = { query: 'Staff.enrolments', scope: staff.id };
      const page = await enrolmentsOfStaff(deps, actor, staff, pageRequest(list, args));
      return page && toConnection(list, page);
    },
  },
};
