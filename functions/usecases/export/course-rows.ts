import type { Cell } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import { reject } from '../../domain/problem.ts';
import type { Change } from '../../domain/training/effect.ts';
import type { NeedReason } from '../../domain/training/needs.ts';
import { effectOfProgramme } from '../training/read-effect.ts';
import { candidatesFor } from '../training/read-needs.ts';
import { eachUnit, walkPages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** The catalogue of courses, by code. */
export const courseRows: RowsOf = async function* (deps, _actor, _request, limits, locale) {
  for await (const courses of walkPages(limits, (page) => deps.store.training.courses(page))) {
    const ids = [...new Set(courses.flatMap(({ indicatorIds }) => indicatorIds))];
    const indicators = await deps.store.indicators.getMany(ids);
    const codeOf = new Map(indicators.flatMap((one) => (one === null ? [] : [[one.id, one.code] as const])));
    yield courses.map((course) => [
      course.id,
      course.title,
      course.description,
      wordOf(exportWords.competence, course.competence, locale),
      wordOf(exportWords.trainingMethod, course.method, locale),
      numberOf(course.hours),
      course.values.map((value) => wordOf(exportWords.value, value, locale)).join('; '),
      course.indicatorIds.flatMap((id) => codeOf.get(id) ?? []).join('; '),
      course.jobGroups.join('; '),
      wordOf(exportWords.yesNo, course.retired ? 'yes' : 'no', locale),
    ]);
  }
};

/** Every programme with its places, by its first day. */
export const programmeRows: RowsOf = async function* (deps, _actor, _request, limits, locale) {
  const { training } = deps.store;
  for await (const programmes of walkPages(limits, (page) => training.programmes('0000-01-01', page))) {
    const [courses, seats] = await Promise.all([
      training.coursesOf(programmes.map(({ courseId }) => courseId)),
      training.seatsOf(programmes.map(({ id }) => id)),
    ]);
    yield programmes.map(({ courseId, startsOn, endsOn, place, state }, at) => [
      courseId,
      courses[at]?.title ?? null,
      startsOn,
      endsOn,
      place,
      numberOf(seats[at]?.capacity ?? null),
      numberOf(seats[at]?.taken ?? null),
      numberOf(seats[at]?.waiting ?? null),
      wordOf(exportWords.programme, state, locale),
    ]);
  }
};

/** The most that the query answers of a unit. */
const TOP = 100;

/** Who needs a course the most, unit by unit: as many of each as the query shows. */
export const candidateRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const { periodId, courseId, unitId } = request;
  const course = await deps.store.training.course(courseId ?? '');
  if (course === null) throw reject('NOT_FOUND', 'courseId', { id: courseId ?? '' });
  const about = (reason: NeedReason) =>
    reason.kind === 'VALUE' ? exportWords.value[reason.value][locale] : reason.title;
  for await (const unit of eachUnit(deps, unitId, limits)) {
    const asked = { unitId: unit.id, periodId: periodId ?? '', top: TOP };
    const candidates = await candidatesFor(deps, actor, course, asked);
    const people = await deps.store.staff.getMany(candidates.map(({ staffId }) => staffId));
    yield Promise.all(
      candidates.map(async ({ need, reasons }, at) => {
        const staff = people[at] ?? null;
        return [
          course.title,
          periodId,
          ...unitCells(unit),
          numberOf(at + 1),
          ...(staff === null ? [null, null] : await personCells(deps, actor, staff)),
          pointsOf(need),
          reasons.map(about).join('; '),
        ];
      }),
    );
  }
};

/** Before and after each programme that is over and has periods around it, in means of three participants or more. */
export const effectRows: RowsOf = async function* (deps, actor, _request, limits) {
  const { training } = deps.store;
  let read = 0;
  for await (const programmes of walkPages(limits, (page) => training.programmes('0000-01-01', page))) {
    const over = programmes.filter(({ state }) => state === 'COMPLETED');
    read += over.length;
    if (read > limits.rosters) throw reject('TOO_MANY', '', { maximum: limits.rosters });
    const courses = await training.coursesOf(over.map(({ courseId }) => courseId));
    for (const [at, programme] of over.entries()) {
      const effect = await effectOfProgramme(deps, actor, programme);
      if (effect === null) continue;
      const { courseId, startsOn, endsOn } = programme;
      yield [
        [
          courseId,
          courses[at]?.title ?? null,
          startsOn,
          endsOn,
          effect.before,
          effect.after,
          ...changeCells(effect.values),
          ...changeCells(effect.lines),
        ],
      ];
    }
  }
};

const changeCells = (change: Change | null): readonly Cell[] => [
  numberOf(change?.participants ?? null),
  pointsOf(change?.before ?? null),
  pointsOf(change?.after ?? null),
];
