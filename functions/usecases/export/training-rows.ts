import { exportWords } from '../../domain/export/words.ts';
import { placeOn } from '../../domain/organisation/staff.ts';
import { reject } from '../../domain/problem.ts';
import { enrolmentsOfProgramme } from '../training/read-enrolments.ts';
import { personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { numberOf, wordOf } from './value-cells.ts';

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
