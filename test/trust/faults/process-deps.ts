/** What a function of the product is given in a process of its own. */
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createCloseStarter } from '../../../functions/close/start-close.ts';
import { createJobStarter } from '../../../functions/jobs/start-job.ts';
import { createCognitoRoles } from '../../../functions/mail/cognito-roles.ts';
import { createSesSender } from '../../../functions/mail/ses-sender.ts';
import { correlatedStore } from '../../../functions/store/correlated-store.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import type { CloseStarter } from '../../../functions/usecases/close/period-duties.ts';
import type { Deps } from '../../../functions/usecases/deps.ts';
import type { MailSender } from '../../../functions/usecases/mail/send-mails.ts';
import type { RoleHolders } from '../../../functions/usecases/mail/spread-mailings.ts';

export type ProcessDeps = Deps & CloseStarter & { readonly sender: MailSender; readonly roles: RoleHolders };

export interface Clients {
  readonly dynamo: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly ses: SESv2Client;
  readonly sfn: SFNClient;
  readonly cognito: CognitoIdentityProviderClient;
}

export type Machine = 'close' | 'jobs';

export const BUCKET = 'faults';
export const MACHINES: Readonly<Record<Machine, string>> = {
  close: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:close',
  jobs: 'arn:aws:states:ap-southeast-3:000000000000:stateMachine:jobs',
};

/** @param name of the function: its new ids and its correlation id are the same in every run */
export function processDeps(
  { dynamo, s3, ses, sfn, cognito }: Clients,
  { tableName, now }: { readonly tableName: string; readonly now: Deps['now'] },
  name: string,
): ProcessDeps {
  let ids = 0;
  return {
    // Nothing is left of another process: the store remembers the organisation.
    store: correlatedStore(createStore({ client: dynamo, tableName }), name),
    correlationId: name,
    files: createFiles({ client: s3, bucket: BUCKET }),
    jobs: createJobStarter(MACHINES.jobs, sfn),
    ...createCloseStarter(sfn, MACHINES.close, now),
    sender: createSesSender('Kinerja <kinerja@daerah.go.id>', ses),
    roles: createCognitoRoles('users', cognito),
    now,
    newId: (prefix) => {
      ids += 1;
      return `${prefix}-${name.replaceAll(/[^A-Za-z0-9]/g, '-')}-${ids}`;
    },
  };
}
