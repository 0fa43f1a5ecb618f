import type { Actor } from '../../domain/access-policy.ts';
import { reject } from '../../domain/problem.ts';
import type { CodeBatch, CodePurpose } from '../../domain/satisfaction/single-use-code.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { authorise, type Capacity } from '../authorise.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';
import { perform } from '../perform.ts';
import { requireCampaign } from './campaign-change.ts';
import { readBatch } from './issue-survey-codes.ts';

export interface VoidCodes {
  readonly batchId: string;
  readonly reason: string;
  readonly idempotencyKey?: string | null | undefined;
}

/**
 * Makes the codes of a campaign's batch void that nobody has used: a sheet that was lost or copied. Answers that were given stay; a
 * void code is refused as one that never was. Kept is how many were unused.
 * @throws Rejection with all of WRONG_STATE when they are void already, REASON_REQUIRED, TOO_LONG; NOT_FOUND also for a batch of
 * another kind, CONFLICT while codes are used in the same moments again and again, FORBIDDEN
 */
export const voidSurveyCodes = (deps: Deps, actor: Actor, input: VoidCodes): Promise<CodeBatch> =>
  voidCodes(deps, actor, input, {
    operation: 'voidSurveyCodes',
    kind: 'SURVEY',
    mayVoid: async ({ campaignId }) => {
      const { unitId } = await requireCampaign(deps, campaignId, 'batchId');
      return authorise(deps, actor, 'Mutation.voidSurveyCodes', { unitId });
    },
    voided: (_, unused) => unused?.length ?? 0,
  });

/**
 * As voidSurveyCodes, a batch of codes for people whom a staff member serves. How many were unused is nowhere: it would tell how many
 * have rated. @throws Rejection as voidSurveyCodes, and SELF_AS_OTHER; NOT_FOUND also for a batch whose codes have vanished, and of
 * release 0.1.0, which kept no list of them
 */
export const voidContactCodes = (deps: Deps, actor: Actor, input: VoidCodes): Promise<CodeBatch> =>
  voidCodes(deps, actor, input, {
    operation: 'voidContactCodes',
    kind: 'CONTACT',
    mayVoid: async ({ staffId }) => {
      const staff = await deps.store.staff.get(staffId);
      if (staff === null) throw reject('NOT_FOUND', 'batchId', { id: input.batchId });
      const as = await authorise(deps, actor, 'Mutation.voidContactCodes', { staff });
      if (actor.staffId === staffId) throw reject('SELF_AS_OTHER', 'batchId');
      return as;
    },
    voided: ({ count, id }, unused) => {
      if (unused === null) throw reject('NOT_FOUND', 'batchId', { id });
      return count;
    },
  });

type Kind = CodePurpose['kind'];

interface Voiding<K extends Kind> {
  readonly operation: 'voidSurveyCodes' | 'voidContactCodes';
  readonly kind: K;
  readonly mayVoid: (purpose: Extract<CodePurpose, { kind: K }>) => Promise<Capacity>;
  /** What is kept of how many are void. @param unused null: there is no list of the batch's codes */
  readonly voided: (batch: CodeBatch, unused: readonly string[] | null) => number;
}

function voidCodes<K extends Kind>(
  deps: Deps,
  actor: Actor,
  input: VoidCodes,
  { operation, kind, mayVoid, voided }: Voiding<K>,
): Promise<CodeBatch> {
  const requireBatch = async (): Promise<OfKind<K>> => {
    const batch = await deps.store.satisfaction.batch(input.batchId);
    if (batch === null || !isOf(batch, kind)) throw reject('NOT_FOUND', 'batchId', { id: input.batchId });
    return batch;
  };
  return perform(
    deps,
    { actor, operation, input, reason: input.reason },
    async () => mayVoid((await requireBatch()).purpose),
    async (as) => {
      const { auditHash, ...batch } = await requireBatch();
      const check = checkInput();
      if (batch.voided !== null) check.add('WRONG_STATE', 'batchId', { state: 'VOID' });
      check.reason(input.reason);
      check.done();
      const unused = await deps.store.satisfaction.unusedCodes(batch.id);
      const after: CodeBatch = { ...batch, voided: voided(batch, unused) };
      const writes = [deps.store.satisfaction.voidCodes({ ...batch, auditHash }, after, unused ?? [])];
      return { as, ref: batch.id, writes };
    },
    readBatch(deps),
  );
}

type OfKind<K extends Kind> = Stored<CodeBatch> & { readonly purpose: Extract<CodePurpose, { kind: K }> };

const isOf = <K extends Kind>(batch: Stored<CodeBatch>, kind: K): batch is OfKind<K> =>
  batch.purpose.kind === kind;
