import type { Period } from '../../domain/period/period.ts';
import type { Deps } from '../deps.ts';
import { proposeAfterPeriod } from '../follow-up/propose-after-period.ts';

/**
 * Something that follows from a period that has become final, whose results and ranks change no more. Called until it has
 * succeeded once for all steps together, so it must be repeatable (deterministic ids).
 */
export type FinalStep = (deps: Pick<Deps, 'store' | 'now'>, period: Period) => Promise<void>;

/** In this order; one line a step. */
export const finalSteps: readonly FinalStep[] = [proposeAfterPeriod];
