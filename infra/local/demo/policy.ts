import * as z from 'zod/mini';
import { defaultFollowUpRules } from '../../../functions/domain/follow-up/rules.ts';
import { defaultPolicyRules, type PolicyRules } from '../../../functions/domain/period/policy.ts';
import type { RaterPool } from '../../../functions/domain/period/unit-pools.ts';
import { importedId } from '../../../functions/usecases/new-id.ts';
import type { GraphqlClient } from '../../import/graphql-client.ts';
import { allowanceBases } from './allowance.ts';
import { change } from './demo-client.ts';
import { DEMO_YEAR } from './demo-year.ts';

/** Where people are served, what they say counts. */
const servingPools: readonly RaterPool[] = [
  { groups: ['SUPERIOR'], weight: 5_000 },
  { groups: ['PEER', 'SUBORDINATE'], weight: 3_000 },
  { groups: ['PUBLIC'], weight: 2_000 },
];

/** What the demo region decides otherwise than the national rules. */
export const demoRules: PolicyRules = {
  ...defaultPolicyRules,
  allowance: { ...defaultPolicyRules.allowance, bases: allowanceBases },
  annual: 'FROM_PERIODS',
  unitRaterPools: [{ unitId: importedId('u', '1.02.11'), withSubunits: false, raterPools: servingPools }],
  // Whoever leads a unit in a quarter is honoured at once, not only after the year, and in a year is prepared for more.
  followUp: [
    ...defaultFollowUpRules,
    {
      id: 'best-of-year',
      measure: 'SUCCESSION_POOL',
      periods: ['YEAR'],
      predicates: ['EXCELLENT', 'GOOD'],
      inARow: 1,
      rank: { scope: 'UNIT', atMost: 1 },
      trend: null,
      valueBelow: null,
      after: null,
    },
    {
      id: 'best-of-quarter',
      measure: 'CERTIFICATE',
      periods: ['QUARTER'],
      predicates: ['EXCELLENT', 'GOOD'],
      inARow: 1,
      rank: { scope: 'UNIT', atMost: 1 },
      trend: null,
      valueBelow: null,
      after: null,
    },
  ],
};

/** Drafts and activates the region's own policy, in force from the beginning of the demo's year: before there is a period. */
export const adoptPolicy = (admin: GraphqlClient): Promise<void> =>
  adoptRules(admin, `${DEMO_YEAR}-01-01`, demoRules);

/**
 * Drafts rules and puts them in force from a day on.
 * @param drafter who writes them: somebody else, when they govern a period under way
 */
export const adoptRules = async (
  admin: GraphqlClient,
  effectiveFrom: string,
  rules: PolicyRules,
  drafter = admin,
): Promise<void> => {
  await change(drafter, 'draftPolicy', 'DraftPolicyInput', { effectiveFrom, rules });
  const { policies } = await admin.execute(
    'query Drafts { policies { id version state } }',
    {},
    z.object({
      policies: z.array(z.object({ id: z.string(), version: z.int(), state: z.string() })),
    }),
  );
  for (const { id, version, state } of policies)
    if (state === 'DRAFT')
      await change(admin, 'activatePolicy', 'ActivatePolicyInput', {
        id,
        version,
        reason: 'Peraturan kepala daerah tentang penilaian kinerja dan TPP',
      });
};
