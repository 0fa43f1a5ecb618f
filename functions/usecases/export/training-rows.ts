import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import { placeOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import type { NeedReason } from '../../domain/training/needs.ts';
import { readPages } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { enrolmentsOfProgramme, enrolmentsOfStaff } from '../training/read-enrolments.ts';
import { needsOfStaff } from '../training/read-needs.ts';
import { peoplePages } from './export-scope.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, pointsOf, wordOf } from './value-cells.ts';

/** Everybody who has asked for a place in a programme, as it stands now. */
export const enrolmentRows: RowsOf = async function* (deps, actor, { programmeId }, _, locale) {
  const { training, staff: people, organisation } = deps.store;
  const programme = programmeId === null ? null : await training.programme(programmeId);
  if (programme === null) throw reject('NOT_FOUND', 'programmeId', { id: programmeId ?? '' });
  const enrolments = (await enrolmentsOfProgramme(deps, actor, programme)) ?? [];
  const [course, { units }, staff] = await Promise.all([
    training.course(programme.courseId),
    organisation.load(),
    people.getMany(enrolments.map(({ staffId }) => staffId)),
  ]);
  yield Promise.all(
    enrolments.map(async ({ state, requestedAt, hours }, at) => {
      const one = staff[at] ?? null;
      const unitId = one && placeOn(one, programme.startsOn)?.unitId;
      return [
        course?.title ?? programme.courseId,
        programme.startsOn,
        programme.endsOn,
        ...(one === null ? [null, null] : await personCells(deps, actor, one)),
        ...unitCells(units.get(unitId ?? '')),
        wordOf(exportWords.enrolment, state, locale),
        requestedAt,
        numberOf(hours),
      ];
    }),
  );
};

/** The programmes that one person, or those who serve in the units today, have asked for. */
export const staffEnrolmentRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const { training } = deps.store;
  const scope = { day: await regionToday(deps), limits };
  for await (const people of peoplePages(deps, actor, 'Staff.enrolments', request, scope)) {
    const rows = await Promise.all(
      people.map(async ({ staff, unit }): Promise<readonly Row[]> => {
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        const found: Row[] = [];
        for await (const enrolments of readPages(
          async (page) =>
            (await enrolmentsOfStaff(deps, actor, staff, page)) ?? { items: [], hasMore: false },
        )) {
          const programmes = await training.programmesOf(enrolments.map(({ programmeId }) => programmeId));
          const courses = await training.coursesOf(programmes.map((programme) => programme?.courseId ?? ''));
          found.push(
            ...enrolments.map(({ state, requestedAt, hours }, at) => [
              ...who,
              courses[at]?.title ?? null,
              programmes[at]?.startsOn ?? null,
              programmes[at]?.endsOn ?? null,
              wordOf(exportWords.enrolment, state, locale),
              requestedAt,
              numberOf(hours),
            ]),
          );
        }
        return found;
      }),
    );
    yield rows.flat();
  }
};

/** The courses that would help one person, or each of those who serve in the units today, by the published result of a period. */
export const needRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const periodId = request.periodId ?? '';
  if ((await deps.store.periods.get(periodId)) === null)
    throw reject('NOT_FOUND', 'periodId', { id: periodId });
  const about = (reason: NeedReason) =>
    reason.kind === 'VALUE' ? exportWords.value[reason.value][locale] : reason.title;
  const scope = { day: await regionToday(deps), limits };
  for await (const people of peoplePages(deps, actor, 'Staff.trainingNeeds', request, scope)) {
    const rows = await Promise.all(
      people.map(async ({ staff, unit }): Promise<readonly Row[]> => {
        const who = [...(await personCells(deps, actor, staff)), ...unitCells(unit)];
        const needs = (await needsOfStaff(deps, actor, staff, periodId)) ?? [];
        const courses = await deps.store.training.coursesOf(needs.map(({ courseId }) => courseId));
        return needs.map(({ need, reasons }, at) => [
          periodId,
          ...who,
          numberOf(at + 1),
          courses[at]?.title ?? null,
          pointsOf(need),
          reasons.map(about).join('; '),
        ]);
      }),
    );
    yield rows.flat();
  }
};
