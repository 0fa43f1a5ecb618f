import { AUDIT_CHECK, checkTrails } from '../audit/check-trails.ts';
import type { Deps } from '../deps.ts';
import { refreshProgress } from '../progress/refresh-progress.ts';
import { closeDueCampaigns } from '../satisfaction/close-due-campaigns.ts';

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

/** One line a duty; they run one after the other in this order. */
const duties: Readonly<Record<string, Duty>> = {
  progress: refreshProgress,
  closeSurveyCampaigns: closeDueCampaigns,
  [AUDIT_CHECK]: checkTrails,
};

/** Does every duty; one that fails does not stop the others. */
export async function runDuties(
  deps: Pick<Deps, 'store' | 'now'>,
): Promise<Readonly<Record<string, DutyReport>>> {
  const reports: Record<string, DutyReport> = {};
  for (const [name, duty] of Object.entries(duties)) {
    const failed: { id: string | null; error: unknown }[] = [];
    let done: readonly string[] = [];
    try {
      done = await duty(deps, (id, error) => failed.push({ id, error }));
    } catch (error) {
      failed.push({ id: null, error });
    }
    reports[name] = { done, failed };
  }
  return reports;
}
