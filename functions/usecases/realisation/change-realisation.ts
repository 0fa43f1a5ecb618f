import type { Actor, Operation } from '../../domain/access-policy.ts';
import { isMonth } from '../../domain/calendar.ts';
import type { Realisation } from '../../domain/indicator/realisation.ts';
import type { NoticeKind } from '../../domain/notice/notice.ts';
import { headOn } from '../../domain/organisation/organisation.ts';
import { type Problem, reject, rejectIf } from '../../domain/problem.ts';
import type { Month } from '../../domain/time.ts';
import type { Stored, Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import {
  authoriseOnPlan,
  findPlan,
  nullWhenRejected,
  type PlanPlace,
  placeOfPlan,
} from '../plan/plan-place.ts';
import { regionToday } from '../region-clock.ts';
import { checkAccepting, readPeriodsOf } from './accepting-periods.ts';

/** Which realisation. */
export interface RealisationKey {
  readonly planId: string;
  readonly lineId: string;
  readonly month: Month;
}

/** A separator that no id, line or month holds. */
const SEPARATOR = '\n';
export const refOfRealisation = ({ planId, lineId, month }: RealisationKey): string =>
  [planId, lineId, month].join(SEPARATOR);

/** The realisation that a mutation answers with. */
export async function answerRealisation(deps: Deps, ref: string): Promise<Stored<Realisation>> {
  const [planId = '', lineId = '', month = ''] = ref.split(SEPARATOR);
  const found = await findRealisation(deps, { planId, lineId, month });
  if (found === null) throw reject('NOT_FOUND', 'month', { id: month });
  return found;
}

/** What is reported now; null when nothing is. */
export async function findRealisation(deps: Deps, key: RealisationKey): Promise<Stored<Realisation> | null> {
  const place = await placeOfPlan(deps, key.planId).catch(nullWhenRejected);
  return place && deps.store.realisations.get(place.address, key);
}

/** Problems of a month: its form, and the periods that cover it. */
export async function checkMonth(deps: Deps, month: Month): Promise<Problem[]> {
  if (!isMonth(month)) return [];
  const [periods, today] = await Promise.all([readPeriodsOf(deps, month), regionToday(deps)]);
  return checkAccepting(periods, month, today);
}

/**
 * The superior's look at what was reported: by the assessor, for a unit by the level above.
 * @throws Rejection FORBIDDEN for the side that reported; NOT_FOUND, CONFLICT, PERIOD_CLOSED, REALISED_BY_ACTIVITY for a figure that
 * activities made, and what the transition refuses
 */
export async function reviewRealisation(
  deps: Deps,
  actor: Actor,
  field: Operation & `Mutation.${string}`,
  input: RealisationKey & { readonly version: number; readonly idempotencyKey?: string | null | undefined },
  transition: (realisation: Realisation) => Realisation,
  reason?: string | null,
  notice: NoticeKind | null = null,
): Promise<Stored<Realisation>> {
  return perform(
    deps,
    { actor, operation: field.slice('Mutation.'.length), input, reason },
    async () => {
      const { place } = await findPlan(deps, input.planId);
      const { side, as } = await authoriseOnPlan(deps, actor, field, place);
      if (side !== 'SUPERIOR') throw reject('FORBIDDEN');
      return { place, as };
    },
    async ({ place, as }) => {
      const before = await deps.store.realisations.get(place.address, input);
      if (before === null) throw reject('NOT_FOUND', 'month', { id: input.month });
      rejectIf(await checkMonth(deps, input.month));
      expectVersion(before, input.version);
      // What activities made is looked at activity by activity.
      if (before.activities !== null) throw reject('REALISED_BY_ACTIVITY', 'lineId');
      const after = transition(before);
      const told = notice === null ? [] : await reviewNotice(deps, notice, place, input, before.version + 1);
      return {
        as,
        ref: refOfRealisation(input),
        writes: [deps.store.realisations.save(place.address, before, after), ...told],
      };
    },
    (ref) => answerRealisation(deps, ref),
  );
}

/** Tells who reported: the person, or for a unit its head. */
async function reviewNotice(
  deps: Deps,
  kind: NoticeKind,
  place: PlanPlace,
  { planId, month }: RealisationKey,
  version: number,
): Promise<readonly Write[]> {
  const to = place.staff === undefined ? headOn(place.unit, await regionToday(deps)) : place.staff.id;
  const unit = place.unit === undefined ? {} : { unitId: place.unit.id };
  return notify(deps, { kind, to: person(to), refs: { planId, month, ...unit }, occasion: version });
}
