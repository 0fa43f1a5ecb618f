import type { Actor } from '../../domain/access-policy.ts';
import { approvedOf, decidePanel, type PanelWord, type PeerPanel } from '../../domain/peers/peer-panel.ts';
import { rejectIf } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise } from '../authorise.ts';
import { checkInput, LENGTHS } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { notify, person } from '../notice/notify.ts';
import { perform } from '../perform.ts';
import { ratingDay } from '../rating/rating-day.ts';
import { regionToday } from '../region-clock.ts';
import {
  checkNamed,
  findPanelSubject,
  openPanel,
  panelOfRef,
  refOfPanel,
  toldOfTask,
} from './panel-place.ts';

export interface DecidePeers {
  readonly periodId: string;
  readonly staffId: string;
  readonly approve?: readonly string[] | undefined;
  readonly refuse?: readonly PanelWord[] | undefined;
  readonly add?: readonly PanelWord[] | undefined;
  readonly reason?: string | null | undefined;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * The assessor of record approves or refuses each nomination and puts others in place of those refused; with that the panel is
 * assigned. Later only replacements are added, for those who have declined. Every refusal and addition has its reason, and so
 * has a panel smaller than the policy's minimum.
 * @throws Rejection with all of REQUIRED, NOT_FOUND, DUPLICATE, NOT_A_PEER, REASON_REQUIRED, TOO_FEW_PEERS, TOO_MANY, TOO_LONG;
 * PEERS_NOT_CHOSEN, PERIOD_NOT_OPEN, PERIOD_CLOSED, YEAR_FROM_PERIODS, CONFLICT, FORBIDDEN
 */
export const decidePeers = (deps: Deps, actor: Actor, input: DecidePeers): Promise<Stored<PeerPanel>> => {
  const { approve = [], refuse = [], add = [] } = input;
  return perform(
    deps,
    { actor, operation: 'decidePeers', input, reason: input.reason },
    async () => {
      const subject = await findPanelSubject(deps, input);
      const on = ratingDay(subject.period, await regionToday(deps));
      const as = await authorise(deps, actor, 'Mutation.decidePeers', { staff: subject.staff, on });
      return { as, subject };
    },
    async ({ as, subject }) => {
      for (const [path, named] of Object.entries({ approve, refuse, add })) checkNamed(named, path);
      const added = add.map(({ staffId }) => staffId);
      const { address, before, rules, refusalOf } = await openPanel(deps, subject, [...approve, ...added]);
      expectVersion(before, input.version);
      const check = checkInput();
      const word = (field: string) => (given: PanelWord, at: number) => ({
        staffId: given.staffId,
        reason: check.optionalText(`${field}.${at}.reason`, given.reason, LENGTHS.reason) ?? '',
      });
      const decision = {
        approve,
        refuse: refuse.map(word('refuse')),
        add: add.map(word('add')),
        reason: check.optionalText('reason', input.reason, LENGTHS.reason),
      };
      const { periodId, staffId } = input;
      const { panel, problems } = decidePanel({ periodId, staffId }, before, decision, refusalOf, rules);
      rejectIf([...check.problems, ...problems]);
      const known = before === null ? [] : approvedOf(before);
      const isNew = (id: string) => before?.assigned !== true || !known.includes(id);
      const tasked = panel.assigned ? approvedOf(panel).filter(isNew) : [];
      const occasion = (before?.version ?? 0) + 1;
      const told = notify(deps, {
        kind: 'NOMINATION_DECIDED',
        to: person(staffId),
        refs: { periodId },
        occasion,
      });
      const writes = [
        deps.store.peers.savePanel(address, before, panel),
        ...told,
        ...toldOfTask(deps, panel, tasked),
      ];
      return { as, ref: refOfPanel(input), writes };
    },
    panelOfRef(deps),
  );
};
