import type { Objection } from '../../domain/objection/objection.ts';
import { CORE_VALUES } from '../../domain/rating/core-values.ts';
import { decideObjection } from '../../usecases/objection/decide-objection.ts';
import { type Delivery, readDelivery } from '../../usecases/objection/delivery.ts';
import { explainObjection } from '../../usecases/objection/explain-objection.ts';
import { fileObjection } from '../../usecases/objection/file-objection.ts';
import { listUnacknowledged } from '../../usecases/objection/list-unacknowledged.ts';
import {
  disputedResult,
  listObjections,
  myObjections,
  objectionsToDecide,
  objectionsToExplain,
  objectionToResult,
  readObjection,
} from '../../usecases/objection/read-objections.ts';
import { acknowledgeResult, recordReceipt } from '../../usecases/objection/record-receipt.ts';
import { withdrawObjection } from '../../usecases/objection/withdraw-objection.ts';
import { readVersions } from '../../usecases/result/read-versions.ts';
import type { GraphQLContext } from '../context.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { mutate } from '../mutate.ts';
import { connect, pageRequest, toConnection } from '../pagination.ts';
import { staffOf, unitOf } from '../people-and-units.ts';

const asDelivery = (delivery: Delivery | null) => ({ delivery });

const change = (context: GraphQLContext, id: string | null, run: () => Promise<Objection>) =>
  mutate(
    context,
    run,
    (objection: Objection | null) => ({ objection }),
    async () => (id === null ? null : readObjection(context.deps, context.actor, id)),
  );

export const objectionResolvers: Resolvers = {
  Query: {
    objection: (_, { id }, { deps, actor }) => readObjection(deps, actor, id),
    myObjections: (_, args, { deps, actor }) =>
      connect({ query: 'Query.myObjections', scope: actor.staffId }, args, (page) =>
        myObjections(deps, actor, page),
      ),
    objectionsToDecide: (_, { ofOffice, ...args }, { deps, actor }) =>
      connect({ query: 'Query.objectionsToDecide', scope: ofOffice ? null : actor.staffId }, args, (page) =>
        objectionsToDecide(deps, actor, ofOffice, page),
      ),
    objectionsToExplain: (_, args, { deps, actor }) =>
      connect({ query: 'Query.objectionsToExplain', scope: actor.staffId }, args, (page) =>
        objectionsToExplain(deps, actor, page),
      ),
    objections: (_, { periodId, state = null, ...args }, { deps, actor }) =>
      connect({ query: 'Query.objections', scope: { periodId, state } }, args, (page) =>
        listObjections(deps, actor, { periodId, state }, page),
      ),
    unacknowledgedResults: async (_, { periodId, unitId, ...args }, { deps, actor }) => {
      const list = { query: 'Query.unacknowledgedResults', scope: { periodId, unitId } };
      const page = await listUnacknowledged(deps, actor, { periodId, unitId }, pageRequest(list, args));
      const staff = await deps.store.staff.getMany(page.items.map(({ value }) => value));
      const items = page.items.flatMap(({ position }, at) => {
        const value = staff[at];
        return value == null ? [] : [{ value, position }];
      });
      return toConnection(list, { items, hasMore: page.hasMore });
    },
    resultVersions: async (_, args, { deps, actor }) => [...(await readVersions(deps, actor, args))],
  },
  Mutation: {
    acknowledgeResult: (_, { input }, context) =>
      mutate(context, () => acknowledgeResult(context.deps, context.actor, input), asDelivery),
    recordReceipt: (_, { input }, context) =>
      mutate(context, () => recordReceipt(context.deps, context.actor, input), asDelivery),
    fileObjection: (_, { input }, context) =>
      change(context, null, () => fileObjection(context.deps, context.actor, input)),
    explainObjection: (_, { input }, context) =>
      change(context, input.id, () => explainObjection(context.deps, context.actor, input)),
    decideObjection: (_, { input }, context) =>
      change(context, input.id, () => decideObjection(context.deps, context.actor, input)),
    withdrawObjection: (_, { input }, context) =>
      change(context, input.id, () => withdrawObjection(context.deps, context.actor, input)),
  },
  Result: {
    delivery: (result, _, { deps }) => readDelivery(deps, result),
    objection: (result, _, { deps, actor }) => objectionToResult(deps, actor, result),
  },
  ResultDelivery: {
    acknowledged: ({ receipt }) => receipt !== null,
    acknowledgedAt: ({ receipt }) => receipt?.recordedAt ?? null,
    proof: ({ receipt }) => receipt?.proof ?? null,
    handedOverOn: ({ receipt }) => (receipt?.by === 'HR_ADMIN' ? receipt.receivedOn : null),
  },
  Objection: {
    staff: ({ staffId }, _, context) => staffOf(context, staffId),
    unit: ({ unitId }, _, context) => unitOf(context, unitId),
    result: (objection, _, { deps }) => disputedResult(deps, objection),
    assessor: ({ assessorId }, _, context) => staffOf(context, assessorId),
    decider: ({ deciderId }, _, context) => staffOf(context, deciderId),
    filedByOffice: ({ filedBy }) => filedBy === 'HR_ADMIN',
  },
  ObjectionPoint: {
    value: ({ valueId }) => CORE_VALUES.find((value) => value === valueId) ?? null,
  },
  ObjectionEscalation: {
    from: ({ fromId }, _, context) => staffOf(context, fromId),
    to: ({ toId }, _, context) => staffOf(context, toId),
  },
  ObjectionDecision: {
    decider: ({ deciderId }, _, context) => staffOf(context, deciderId),
    ratings: ({ correction }) => correction,
    figures: ({ correction }) => [...(correction?.figures ?? [])],
  },
};
