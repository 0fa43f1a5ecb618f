import type { Deps } from '../deps.ts';

/** What a duty came to: ids only. `id` is null when the duty failed as a whole. */
export interface DutyReport {
  readonly done: readonly string[];
  readonly failed: readonly { readonly id: string | null; readonly error: unknown }[];
}

/**
 * Something that time asks for beside the periods. It may run twice at once, late, or be killed half-way, and comes to the same;
 * one thing that fails is told by `failed` and does not stop the others.
 * @returns ids of what it did
 */
export type Duty = (
  deps: Pick<Deps, 'store' | 'now'>,
  failed: (id: string, error: unknown) => void,
) => Promise<readonly string[]>;
