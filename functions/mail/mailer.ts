import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { createStore } from '../store/create-store.ts';
import { sendMails } from '../usecases/mail/send-mails.ts';
import { createSesSender } from './ses-sender.ts';

const { MAIL_FROM, APP_URL } = z
  .object({ MAIL_FROM: z.string().check(z.minLength(3)), APP_URL: z.optional(z.string()) })
  .parse(process.env);

const logger = new Logger();
const metrics = new Metrics({ namespace: 'Kinerja' });
const store = createStore();
const sender = createSesSender(MAIL_FROM);

/** With less than this left no further mail is begun. */
const MARGIN_MILLISECONDS = 20_000;

/** Called by the schedule every few minutes; a call may come twice or not at all. */
export const handler = async (
  _: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<void> => {
  const deps = { store, now: () => new Date().toISOString(), sender, appUrl: APP_URL || null };
  const report = await sendMails(deps, () => context.getRemainingTimeInMillis() > MARGIN_MILLISECONDS);
  logger.info('mails sent', { ...report });
  metrics.addMetric('MailsGivenUp', MetricUnit.Count, report.givenUp);
  metrics.publishStoredMetrics();
};
