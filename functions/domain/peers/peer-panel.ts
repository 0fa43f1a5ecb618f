import { type Problem, problem } from '../problem.ts';

/**
 * Where a person's peers come from: OPEN, whoever the hierarchy calls a peer may rate; NOMINATED, the person names them and the
 * assessor approves; DRAWN, the system draws them by lot.
 */
export type PeerChoice = 'OPEN' | 'NOMINATED' | 'DRAWN';

/** How many peers rate a person, where they are chosen. */
export interface PeerRules {
  readonly choice: PeerChoice;
  readonly minimum: number;
  readonly maximum: number;
  /** Days after a period's first one on which lots are drawn; 0: as soon as it takes ratings. */
  readonly drawAfterDays: number;
}

export const defaultPeerRules: PeerRules = { choice: 'OPEN', minimum: 3, maximum: 5, drawAfterDays: 0 };

/** APPROVED: assigned, and has not declined. */
export type PanelState = 'NOMINATED' | 'APPROVED' | 'REFUSED' | 'DECLINED';
export type PanelOrigin = 'RATEE' | 'ASSESSOR' | 'LOT';

export interface PanelMember {
  readonly staffId: string;
  readonly state: PanelState;
  /** Who brought the member into the panel. */
  readonly origin: PanelOrigin;
  /** Why refused, declined, or put in place of somebody else; null: there was nothing to say. */
  readonly reason: string | null;
}

/** The peers who rate one person in one period. Once assigned it changes only where somebody declines or takes their place. */
export interface PeerPanel {
  readonly periodId: string;
  readonly staffId: string;
  readonly assigned: boolean;
  readonly members: readonly PanelMember[];
  /** The lot that was drawn, from which everybody can draw again; null: nothing was drawn. */
  readonly seed: string | null;
  readonly version: number;
}

/** A word about one candidate, with its reason where there must be one. */
export interface PanelWord {
  readonly staffId: string;
  readonly reason: string;
}

/** Why somebody cannot be named as a peer: nobody has that id, or the hierarchy calls them no peer of the person. */
export type PeerRefusal = 'NOT_FOUND' | 'NOT_A_PEER';

const refusedPeer = (refusal: PeerRefusal, path: string, staffId: string): Problem =>
  problem(refusal, path, refusal === 'NOT_FOUND' ? { id: staffId } : {});

/** Whether somebody may rate the person as a peer: who was approved does, wherever they serve meanwhile. */
export const isOnPanel = (panel: PeerPanel | null, staffId: string): boolean =>
  panel?.assigned === true &&
  panel.members.some((member) => member.staffId === staffId && member.state === 'APPROVED');

export const approvedOf = ({ members }: Pick<PeerPanel, 'members'>): readonly string[] =>
  members.filter(({ state }) => state === 'APPROVED').map(({ staffId }) => staffId);

/**
 * The person's nomination, which replaces an earlier one until the assessor has decided. Where there are fewer peers than the
 * minimum all of them are enough: whether that will do the assessor decides.
 * @param refusalOf why somebody cannot be named; null: they can
 * @param eligible how many could be named; the minimum where there are more
 * @returns DUPLICATE, NOT_FOUND, NOT_A_PEER, TOO_FEW_PEERS, TOO_MANY at `peerIds`; WRONG_STATE once assigned
 */
export const nominate = (
  key: Pick<PeerPanel, 'periodId' | 'staffId'>,
  before: PeerPanel | null,
  peerIds: readonly string[],
  refusalOf: (staffId: string) => PeerRefusal | null,
  { minimum, maximum }: PeerRules,
  eligible: number,
): { readonly panel: PeerPanel; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = before?.assigned ? [problem('WRONG_STATE', '', { state: 'AGREED' })] : [];
  peerIds.forEach((staffId, at) => {
    const refusal = refusalOf(staffId);
    if (peerIds.indexOf(staffId) < at)
      problems.push(problem('DUPLICATE', `peerIds.${at}`, { value: staffId }));
    else if (refusal !== null) problems.push(refusedPeer(refusal, `peerIds.${at}`, staffId));
  });
  const least = Math.min(minimum, eligible);
  if (peerIds.length < least) problems.push(problem('TOO_FEW_PEERS', 'peerIds', { minimum: least }));
  if (peerIds.length > maximum) problems.push(problem('TOO_MANY', 'peerIds', { maximum }));
  return {
    problems,
    panel: {
      ...key,
      assigned: false,
      members: peerIds.map((staffId) => ({ staffId, state: 'NOMINATED', origin: 'RATEE', reason: null })),
      seed: null,
      version: before?.version ?? 0,
    },
  };
};

/** What the assessor says of a panel. */
export interface PanelDecision {
  readonly approve: readonly string[];
  readonly refuse: readonly PanelWord[];
  /** In place of those who were refused or have declined. */
  readonly add: readonly PanelWord[];
  /** Why fewer than the minimum are enough; null: they need not be. */
  readonly reason: string | null;
}

/**
 * The assessor's decision: of a proposed panel every nomination is approved or refused with its reason; of an assigned one only
 * replacements can be added, so that nobody who may have rated is taken off. Who is no peer any more since the nomination can
 * only be refused. Fewer than the minimum need a reason.
 * @param refusalOf why somebody cannot be approved or added; null: they can
 * @returns REQUIRED for nominations left open, NOT_FOUND, DUPLICATE, NOT_A_PEER, REASON_REQUIRED, TOO_FEW_PEERS, TOO_MANY
 */
export const decidePanel = (
  key: Pick<PeerPanel, 'periodId' | 'staffId'>,
  before: PeerPanel | null,
  { approve, refuse, add, reason }: PanelDecision,
  refusalOf: (staffId: string) => PeerRefusal | null,
  { minimum, maximum }: PeerRules,
): { readonly panel: PeerPanel; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const members = new Map((before?.members ?? []).map((member) => [member.staffId, member]));
  const decided = new Set<string>();
  const open = (staffId: string, path: string): PanelMember | null => {
    const member = members.get(staffId);
    if (decided.has(staffId)) problems.push(problem('DUPLICATE', path, { value: staffId }));
    else if (member?.state !== 'NOMINATED') problems.push(problem('NOT_FOUND', path, { id: staffId }));
    else {
      decided.add(staffId);
      return member;
    }
    return null;
  };
  approve.forEach((staffId, at) => {
    const member = open(staffId, `approve.${at}`);
    if (member === null) return;
    const refusal = refusalOf(staffId);
    if (refusal !== null) problems.push(refusedPeer(refusal, `approve.${at}`, staffId));
    members.set(staffId, { ...member, state: 'APPROVED' });
  });
  refuse.forEach(({ staffId, reason: why }, at) => {
    const member = open(staffId, `refuse.${at}.staffId`);
    if (why === '') problems.push(problem('REASON_REQUIRED', `refuse.${at}.reason`));
    if (member !== null) members.set(staffId, { ...member, state: 'REFUSED', reason: why });
  });
  add.forEach(({ staffId, reason: why }, at) => {
    const refusal = refusalOf(staffId);
    if (members.has(staffId)) problems.push(problem('DUPLICATE', `add.${at}.staffId`, { value: staffId }));
    else if (refusal !== null) problems.push(refusedPeer(refusal, `add.${at}.staffId`, staffId));
    if (why === '') problems.push(problem('REASON_REQUIRED', `add.${at}.reason`));
    if (!members.has(staffId))
      members.set(staffId, { staffId, state: 'APPROVED', origin: 'ASSESSOR', reason: why });
  });
  const all = [...members.values()];
  if (all.some(({ state }) => state === 'NOMINATED')) problems.push(problem('REQUIRED', 'approve'));
  const count = approvedOf({ members: all }).length;
  if (count > maximum) problems.push(problem('TOO_MANY', 'add', { maximum }));
  if (count < minimum && reason === null)
    problems.push(problem('TOO_FEW_PEERS', 'approve', { minimum }), problem('REASON_REQUIRED', 'reason'));
  return {
    problems,
    panel: {
      ...key,
      assigned: true,
      members: all,
      seed: before?.seed ?? null,
      version: before?.version ?? 0,
    },
  };
};

/** How far the draw of a whole period has come; units go by their ids. */
export interface DrawProgress {
  /** The last unit that is done in this round; null: none. */
  readonly after: string | null;
  /** Whether a unit of this round was refused: another round follows. */
  readonly refused: boolean;
  readonly done: boolean;
}

export const NOTHING_DRAWN: DrawProgress = { after: null, refused: false, done: false };

/** A candidate with the lot that was drawn for them: hex digits of equal length. */
export interface Lot {
  readonly staffId: string;
  readonly lot: string;
}

/** The order in which lots are drawn: the smallest first; the same for the same lots in whatever order they come. */
export const inOrderOfLots = (lots: readonly Lot[]): string[] =>
  [...lots]
    .sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : a.staffId < b.staffId ? -1 : 1))
    .map(({ staffId }) => staffId);

/** A panel drawn by lot: the first of them, as many as the policy takes at most. */
export const drawPanel = (
  key: Pick<PeerPanel, 'periodId' | 'staffId'>,
  seed: string,
  lots: readonly Lot[],
  { maximum }: PeerRules,
): PeerPanel => ({
  ...key,
  assigned: true,
  members: inOrderOfLots(lots)
    .slice(0, maximum)
    .map((staffId) => ({ staffId, state: 'APPROVED', origin: 'LOT', reason: null })),
  seed,
  version: 0,
});

/**
 * Somebody on the panel declines, with a reason (a conflict of interest). A drawn panel goes on with the next lot.
 * @param lots of those whom the hierarchy calls peers now; empty where nothing was drawn
 */
export const declinePlace = (
  panel: PeerPanel,
  staffId: string,
  reason: string,
  lots: readonly Lot[],
): PeerPanel => {
  const members = panel.members.map(
    (member): PanelMember => (member.staffId === staffId ? { ...member, state: 'DECLINED', reason } : member),
  );
  const next =
    panel.seed === null
      ? undefined
      : inOrderOfLots(lots).find((candidate) => !members.some((member) => member.staffId === candidate));
  return {
    ...panel,
    members:
      next === undefined
        ? members
        : [...members, { staffId: next, state: 'APPROVED', origin: 'LOT', reason: null }],
  };
};

/** What a person sees of their own panel: their nominations and the assessor's answers. Who was added, drawn or declined stays with the line. */
export const asSeenByRatee = (panel: PeerPanel): PeerPanel => ({
  ...panel,
  // From the seed everybody can draw again.
  seed: null,
  members: panel.members
    .filter(({ origin }) => origin === 'RATEE')
    .map(
      (member): PanelMember =>
        member.state === 'DECLINED' ? { ...member, state: 'APPROVED', reason: null } : member,
    ),
});

/** That somebody will not rate their superior in a period, and why. */
export interface RatingDecline {
  readonly periodId: string;
  readonly rateeId: string;
  readonly raterId: string;
  readonly reason: string;
  readonly version: number;
}
