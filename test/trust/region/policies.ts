/** What the synthesised policies allow each function, in the words of the recorder. */

import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { functionNameOf } from '../../../infra/local/lambda-function.ts';
import { ServiceFunction } from '../../../infra/service-function.ts';
import { type Permission, permissionsOf } from '../../infra/permissions.ts';
import { MAIL, synthesise } from '../../infra/synthesis.ts';

/** Actions that the platform takes with a function's role, and not the function: its log, its traces, its dead letters. */
const OF_PLATFORM = /^(?:logs|xray|sqs):/;

/** `close/begin dynamodb:Query index/gsi1`, for every function of a stage that sends mails. */
export function grantedCalls(): ReadonlySet<string> {
  const functions = new Map<string, string>();
  const templates = synthesise({
    settings: { mail: MAIL },
    change: (stacks) => {
      for (const stack of Object.values(stacks))
        for (const found of stack.node.findAll())
          if (found instanceof ServiceFunction) {
            const role = found.lambda.role?.node.defaultChild;
            if (role instanceof CfnRole)
              functions.set(Stack.of(found).getLogicalId(role), functionNameOf(found.entry));
          }
    },
  });
  return new Set(
    permissionsOf(templates).flatMap((permission) => {
      const name = functions.get(permission.role);
      if (name === undefined || OF_PLATFORM.test(permission.action)) return [];
      return [`${name} ${permission.action} ${resourceOf(permission)}`];
    }),
  );
}

function resourceOf({ action, resource }: Permission): string {
  const below = /\/([^/<>]+\/(?:\*|gsi\d))$/.exec(resource)?.[1];
  if (below !== undefined) return below;
  if (action.startsWith('dynamodb:')) return 'table';
  if (action.startsWith('s3:')) return 'bucket';
  if (action.startsWith('ses:')) return 'identity';
  if (action.startsWith('states:')) return `machine/${resource.includes('JobsMachine') ? 'jobs' : 'close'}`;
  return resource;
}
