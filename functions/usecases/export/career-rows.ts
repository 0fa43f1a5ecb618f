import type { Actor } from '../../domain/access-policy.ts';
import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import type { Locale } from '../../domain/messages.ts';
import type { Deps } from '../deps.ts';
import { regionToday } from '../region-clock.ts';
import { careerOfStaff } from '../training/read-enrolments.ts';
import { type Person, peoplePages } from './export-scope.ts';
import { nameOf, personCells, unitCells } from './person-cells.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** Career plans, a row a step, of one person or of those who serve in the units today. */
export const careerRows: RowsOf = async function* (deps, actor, request, limits, locale) {
  const day = await regionToday(deps);
  for await (const people of peoplePages(deps, actor, 'Staff.careerPlan', request, { day, limits }))
    yield (await Promise.all(people.map((person) => rowsOf(deps, actor, person, locale)))).flat();
};

async function rowsOf(
  deps: Deps,
  actor: Actor,
  { staff, unit }: Person,
  locale: Locale,
): Promise<readonly Row[]> {
  const plan = await careerOfStaff(deps, actor, staff);
  if (plan === null) return [];
  const [who, mentor, courses] = await Promise.all([
    personCells(deps, actor, staff),
    nameOf(deps, plan.mentorId),
    Promise.all(plan.steps.map(({ courseId }) => courseId && deps.store.training.course(courseId))),
  ]);
  const about = [
    ...who,
    ...unitCells(unit),
    plan.goal,
    mentor,
    wordOf(exportWords.careerPlan, plan.state, locale),
  ];
  if (plan.steps.length === 0) return [[...about, null, null, null, null, null]];
  return plan.steps.map(({ text, dueOn, state, note }, at) => {
    const course = courses[at] || null;
    return [
      ...about,
      text,
      dueOn,
      course?.title ?? null,
      wordOf(exportWords.careerStep, state, locale),
      note,
    ];
  });
}
