import { AUDIT_CHECK, checkTrails } from '../audit/check-trails.ts';
import type { Deps } from '../deps.ts';
import { remindOfServed } from '../follow-up/remind-of-served.ts';
import { endLostJobs } from '../job/end-lost-jobs.ts';
import { drawDuePeers } from '../peers/draw-due-peers.ts';
import { refreshProgress } from '../progress/refresh-progress.ts';
import { closeDueCampaigns } from '../satisfaction/close-due-campaigns.ts';
import { tellOfCancelledProgrammes } from '../training/tell-of-cancelled.ts';
import type { Duty, DutyReport } from './duty.ts';

/** One line a duty; they run one after the other in this order. */
const duties: Readonly<Record<string, Duty>> = {
  drawPeers: drawDuePeers,
  progress: refreshProgress,
  remindOfServed,
  tellOfCancelledProgrammes,
  closeSurveyCampaigns: closeDueCampaigns,
  endLostJobs,
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
