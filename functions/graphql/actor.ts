import type { Actor, Role } from '../domain/access-policy.ts';
import { AUDIENCE_ROLES } from '../domain/notice/notice.ts';
import { GROUP_OF_ROLE } from '../sign-in-groups.ts';

/** Claims of an access token, as API Gateway's JWT authorizer hands them on. */
export type Claims = Readonly<Record<string, unknown>>;

/** Nobody signed in. */
export const PUBLIC_ACTOR: Actor = { roles: new Set<Role>(['PUBLIC']), staffId: null, id: 'public' };

const ROLE_OF_GROUP: ReadonlyMap<string, Role> = new Map(
  AUDIENCE_ROLES.map((role) => [GROUP_OF_ROLE[role], role]),
);

/**
 * The actor whom the claims of a verified access token name; null when they are not those of a valid access token. An id
 * token is signed by the same pool, so `token_use` is checked again here. Groups that no role belongs to are ignored.
 * @param nowSeconds seconds since 1970
 */
export function actorFromClaims(claims: Claims | undefined, nowSeconds: number): Actor | null {
  if (claims === undefined || claims['token_use'] !== 'access') return null;
  const username = claims['username'];
  if (typeof username !== 'string' || username === '' || username === PUBLIC_ACTOR.id) return null;
  if (claims['exp'] !== undefined && !(Number(claims['exp']) > nowSeconds)) return null;
  const roles = new Set<Role>(['STAFF']);
  for (const group of groupsOf(claims['cognito:groups'])) {
    const role = ROLE_OF_GROUP.get(group);
    if (role !== undefined) roles.add(role);
  }
  return { roles, staffId: username, id: username };
}

/** API Gateway makes the text `[a b]` of the list; a group's name has no space. */
function groupsOf(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((group) => typeof group === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((group) => group !== '');
}
