/**
 * Stands where Cognito's user pool stands in the cloud, for the part of it that the system asks, so that the SDK's own client works
 * unchanged (AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER): says who is in a group, of those that tokens are minted for.
 *
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsersInGroup.html
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { type LoopbackServer, readBody, serveOnLoopback } from './loopback-server.ts';

export const USER_POOL_ID = 'local_users';
const TARGET = 'AWSCognitoIdentityProviderService.ListUsersInGroup';
const REQUEST_BYTES = 64 * 1024;
const PAGE = 60;

const listUsersInGroup = z.object({
  UserPoolId: z.literal(USER_POOL_ID),
  GroupName: z.string().min(1),
  Limit: z.optional(z.number().int().min(1).max(PAGE)),
  NextToken: z.optional(z.string().regex(/^\d{1,9}$/)),
});

/** Somebody who signs in, with their groups. */
export interface PoolUser {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Starts the endpoint on a free port of the loopback interface. @param users as they are when it is asked */
export const startUserPool = (users: () => readonly PoolUser[]): Promise<LoopbackServer> =>
  serveOnLoopback((request, response) => {
    answer(request, response, users).catch(() => send(response, 500, { __type: 'InternalErrorException' }));
  });

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  users: () => readonly PoolUser[],
): Promise<void> {
  const body = await readBody(request, REQUEST_BYTES);
  const asked =
    request.headers['x-amz-target'] === TARGET
      ? listUsersInGroup.safeParse(JSON.parse(body.toString('utf8')))
      : undefined;
  if (asked?.success !== true) {
    const message = asked === undefined ? 'only ListUsersInGroup' : z.prettifyError(asked.error);
    send(response, 400, { __type: 'InvalidParameterException', message });
    return;
  }
  const { GroupName, Limit = PAGE, NextToken = '0' } = asked.data;
  const members = users().filter(({ groups }) => groups.includes(GroupName));
  const end = Number(NextToken) + Limit;
  send(response, 200, {
    Users: members
      .slice(Number(NextToken), end)
      .map(({ username }) => ({ Username: username, Enabled: true })),
    ...(end < members.length && { NextToken: String(end) }),
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}
