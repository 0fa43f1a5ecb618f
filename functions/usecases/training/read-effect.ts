import type { Actor } from '../../domain/access-policy.ts';
import type { Programme } from '../../domain/training/course.ts';
import { type ProgrammeEffect, periodsAround, programmeEffect } from '../../domain/training/effect.ts';
import { permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/**
 * What became of those who completed a programme: their figures before and after. Null for those who may not see it, while
 * there is no period published after it, or none before, and until the programme is over: with one more participant recorded, two
 * means would tell that one's figures.
 */
export async function effectOfProgramme(
  deps: Deps,
  actor: Actor,
  programme: Programme,
): Promise<ProgrammeEffect | null> {
  if (programme.state !== 'COMPLETED' || !(await permits(deps, actor, 'Programme.effect'))) return null;
  const { store } = deps;
  const [course, enrolments, periods] = await Promise.all([
    store.training.course(programme.courseId),
    store.training.enrolments(programme.id),
    store.periods.list(),
  ]);
  const around = periodsAround(programme, periods);
  if (course === null || around === null) return null;
  const runs = around.map((id) => periods.find((period) => period.id === id)?.publishedRun ?? '');
  const completed = enrolments.filter(({ state }) => state === 'COMPLETED');
  const [before, after] = await Promise.all(
    around.map((periodId, at) =>
      store.results.getMany(completed.map(({ staffId }) => ({ periodId, run: runs[at] ?? '', staffId }))),
    ),
  );
  return programmeEffect(
    course,
    around,
    completed.map((_, at) => [before?.[at] ?? null, after?.[at] ?? null]),
  );
}
