/** What the synthesised policies allow each function, in the words of the recorder. */

import { functionNameOf } from '../../../infra/local/lambda-function.ts';
import { type Permission, permissionsOf } from '../../infra/permissions.ts';
import type { MailingStage } from '../../infra/synthesis.ts';

/** Actions that the platform takes with a function's role, and not the function: its log, its traces, its dead letters. */
const OF_PLATFORM = /^(?:logs|xray|sqs):/;

/** `close/begin dynamodb:Query index/gsi1`, for every function of a stage that sends mails. */
export function grantedCalls({ templates, entries }: MailingStage): ReadonlySet<string> {
  return new Set(
    permissionsOf(templates).flatMap((permission) => {
      const entry = entries[permission.role];
      if (entry === undefined || OF_PLATFORM.test(permission.action)) return [];
      return [`${functionNameOf(entry)} ${permission.action} ${resourceOf(permission)}`];
    }),
  );
}

function resourceOf({ action, resource }: Permission): string {
  const below = /\/([^/<>]+\/(?:\*|gsi\d))$/.exec(resource)?.[1];
  if (below !== undefined) return below;
  if (action.startsWith('dynamodb:')) return 'table';
  if (action.startsWith('s3:')) return 'bucket';
  if (action.startsWith('ses:')) return 'identity';
  if (action.startsWith('cognito-idp:')) return 'users';
  if (action.startsWith('states:')) return `machine/${resource.includes('JobsMachine') ? 'jobs' : 'close'}`;
  return resource;
}
