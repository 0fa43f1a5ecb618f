import {
  checkPolicyRules,
  type Policy,
  type PolicyRules,
  parsePolicyRules,
} from '../../domain/period/policy.ts';
import { reject } from '../../domain/problem.ts';
import type { Stored } from '../../store/contract/stored.ts';
import { checkInput } from '../check-input.ts';
import type { Deps } from '../deps.ts';

/** @throws Rejection NOT_FOUND at `id` */
export async function requirePolicy({ store }: Deps, id: string): Promise<Stored<Policy>> {
  const policy = await store.policies.get(id);
  if (policy === null) throw reject('NOT_FOUND', 'id', { id });
  return policy;
}

/** A policy that can still change. @throws Rejection NOT_FOUND, WRONG_STATE for an active one */
export async function requireDraft(deps: Deps, id: string): Promise<Stored<Policy>> {
  const policy = await requirePolicy(deps, id);
  if (policy.state !== 'DRAFT') throw reject('WRONG_STATE', 'id', { state: policy.state });
  return policy;
}

export const readPolicy = (deps: Deps) => (id: string) => requirePolicy(deps, id);

export const withoutTrail = ({ auditHash: _, ...policy }: Stored<Policy>): Policy => policy;

/** The rules in an input. @throws Rejection POLICY_INVALID, or NOT_FOUND for units, with every problem, each below `rules` */
export async function readRules({ store }: Pick<Deps, 'store'>, input: unknown): Promise<PolicyRules> {
  const check = checkInput('rules');
  check.addAll(checkPolicyRules(input));
  check.done();
  const rules = parsePolicyRules(input);
  if (rules.unitRaterPools.length > 0) {
    const { units } = await store.organisation.load();
    rules.unitRaterPools.forEach(({ unitId }, at) => {
      if (!units.has(unitId)) check.add('NOT_FOUND', `unitRaterPools.${at}.unitId`, { id: unitId });
    });
    check.done();
  }
  return rules;
}
