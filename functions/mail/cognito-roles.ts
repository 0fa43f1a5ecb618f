import {
  CognitoIdentityProviderClient,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider';
import { GROUP_OF_ROLE } from '../sign-in-groups.ts';
import type { RoleHolders } from '../usecases/mail/spread-mailings.ts';

/** The most that the user pool answers at once. */
const PAGE = 60;

/**
 * Who has a role, by the groups of the user pool: as tokens say it, whose user name is the staff id. Where the pool is comes from
 * the environment alone.
 */
export function createCognitoRoles(
  userPoolId: string,
  client = new CognitoIdentityProviderClient({ maxAttempts: 4 }),
): RoleHolders {
  return {
    holdersOf: async (role) => {
      const asked = { UserPoolId: userPoolId, GroupName: GROUP_OF_ROLE[role] };
      const holders: string[] = [];
      for await (const { Users = [] } of paginateListUsersInGroup({ client, pageSize: PAGE }, asked))
        holders.push(
          ...Users.flatMap(({ Username, Enabled }) =>
            Username !== undefined && Enabled !== false ? [Username] : [],
          ),
        );
      return holders;
    },
  };
}
