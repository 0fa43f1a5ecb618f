import { addDays } from '../../domain/calendar.ts';
import { Rejection } from '../../domain/problem.ts';
import type { Programme } from '../../domain/training/course.ts';
import type { Duty } from '../close/duty.ts';
import type { Deps } from '../deps.ts';
import { readAll } from '../read-all.ts';
import { regionToday } from '../region-clock.ts';
import { tellOf } from './enrolment-change.ts';

type Needs = Pick<Deps, 'store' | 'now'>;

/** Each costs two items of a transaction's hundred. */
const TOLD_AT_ONCE = 45;

/**
 * Tells everybody who has a place in a cancelled programme, or waits for one, in portions by id, each in a transaction that says how far
 * it has come. May run twice at once and die half-way: whoever comes next goes on, and nobody is told twice.
 */
export async function tellOfCancelled(deps: Needs, programmeId: string): Promise<void> {
  const { training } = deps.store;
  for (;;) {
    const before = await training.programme(programmeId);
    const told = before?.toldUpTo ?? null;
    if (before === null || told === null) return;
    const left = (await training.enrolments(programmeId))
      .filter(({ state, staffId }) => (state === 'ENROLLED' || state === 'WAITING') && staffId > told)
      .sort((a, b) => (a.staffId < b.staffId ? -1 : 1));
    const portion = left.slice(0, TOLD_AT_ONCE);
    const { auditHash: _, ...programme } = before;
    const after: Programme = {
      ...programme,
      toldUpTo: left.length > portion.length ? (portion.at(-1)?.staffId ?? null) : null,
    };
    try {
      await deps.store.commit(
        {
          actor: { id: 'system', role: 'SYSTEM' },
          at: deps.now(),
          operation: 'tellOfCancelled',
          reason: null,
          idempotency: null,
        },
        [training.saveProgramme(before, after), ...portion.flatMap((enrolment) => tellOf(deps, enrolment))],
      );
    } catch (error) {
      // Another was faster: look again.
      if (!(error instanceof Rejection) || error.problems.some(({ code }) => code !== 'CONFLICT'))
        throw error;
    }
  }
}

/** Programmes are called off before they are over, hardly one takes more than a year, and the list is by first day. */
const LOOK_BACK_DAYS = 400;

/** Goes on where telling people of a cancelled programme was cut off. @returns ids of the programmes */
export const tellOfCancelledProgrammes: Duty = async (deps, failed) => {
  const from = addDays(await regionToday(deps), -LOOK_BACK_DAYS);
  const programmes = await readAll((page) => deps.store.training.programmes(from, page));
  const told: string[] = [];
  for (const { id } of programmes.filter(({ toldUpTo }) => toldUpTo !== null)) {
    try {
      await tellOfCancelled(deps, id);
      told.push(id);
    } catch (error) {
      failed(id, error);
    }
  }
  return told;
};
