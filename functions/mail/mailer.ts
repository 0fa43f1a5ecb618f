import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import { count, logOf, observe, scheduledCall } from '../telemetry.ts';
import { sendMails } from '../usecases/mail/send-mails.ts';
import { createCognitoRoles } from './cognito-roles.ts';
import { createSesSender } from './ses-sender.ts';

const { MAIL_FROM, APP_URL, USER_POOL_ID } = z
  .object({
    MAIL_FROM: z.string().check(z.minLength(3)),
    APP_URL: z.optional(z.string()),
    USER_POOL_ID: z.string().check(z.minLength(1)),
  })
  .parse(process.env);

const store = createStore();
const sender = createSesSender(MAIL_FROM);
const roles = createCognitoRoles(USER_POOL_ID);

/** With less than this left no further mail is begun. */
const MARGIN_MILLISECONDS = 20_000;

/** Called by the schedule every few minutes; a call may come twice or not at all. */
export const handler = async (
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> => {
  const now = () => new Date().toISOString();
  const correlationId = scheduledCall('mails', event, now());
  const deps = { store, now, sender, roles, appUrl: APP_URL || null };
  const hasTime = () => context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS;
  const report = await observe('sendMails', correlationId, () => sendMails(deps, hasTime));
  logOf(correlationId).info('mails sent', { ...report });
  count('MailsGivenUp', report.givenUp);
};
