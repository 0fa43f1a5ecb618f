import type { PeerPanel } from '../../domain/peers/peer-panel.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { decidePeers } from '../../usecases/peers/decide-peers.ts';
import { declineRating } from '../../usecases/peers/decline-rating.ts';
import { drawPeers } from '../../usecases/peers/draw-peers.ts';
import { nominatePeers } from '../../usecases/peers/nominate-peers.ts';
import { readPeerPanel, shownPanel } from '../../usecases/peers/read-panel.ts';
import { readPeerCandidates } from '../../usecases/peers/read-peer-candidates.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { importPayload } from '../import-payload.ts';
import { mutate } from '../mutate.ts';
import { connect } from '../pagination.ts';
import { staffOf } from '../people-and-units.ts';

const payloadFor =
  ({ actor }: GraphQLContext) =>
  (panel: Stored<PeerPanel> | null) => ({ panel: shownPanel(actor, panel) });

export const peerResolvers: Resolvers = {
  Query: {
    peerCandidates: (_, { periodId, ...args }, { deps, actor }) =>
      connect({ query: 'Query.peerCandidates', scope: periodId }, args, (page) =>
        readPeerCandidates(deps, actor, periodId, page),
      ),
    peerPanel: (_, args, { deps, actor }) => readPeerPanel(deps, actor, args),
  },
  Mutation: {
    nominatePeers: (_, { input }, context) =>
      mutate(
        context,
        () => nominatePeers(context.deps, context.actor, input),
        payloadFor(context),
        () => readPeerPanel(context.deps, context.actor, input),
      ),
    decidePeers: (_, { input }, context) =>
      mutate(
        context,
        () => decidePeers(context.deps, context.actor, input),
        payloadFor(context),
        () => readPeerPanel(context.deps, context.actor, input),
      ),
    drawPeers: (_, { input }, context) =>
      importPayload(context, () => drawPeers(context.deps, context.actor, input)),
    declineRating: (_, { input }, context) =>
      mutate(
        context,
        () => declineRating(context.deps, context.actor, input),
        (declined) => ({ declined: declined ?? false }),
      ),
  },
  PeerPanel: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
  PeerPanelMember: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
  },
};
