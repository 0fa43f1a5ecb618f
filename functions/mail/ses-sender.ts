import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { MailBusyError, MailRefusedError, type MailSender } from '../usecases/mail/send-mails.ts';

/** Errors about one mail, and errors that pass; what is about the account (paused, not verified) is neither. */
const REFUSED: ReadonlySet<string> = new Set(['MessageRejected', 'BadRequestException']);
/** In the words of a refused mail SES says this too of a sender that is not verified (any more) and of an account in the sandbox. */
const OF_THE_ACCOUNT = /not verified/i;
const BUSY: ReadonlySet<string> = new Set(['TooManyRequestsException', 'LimitExceededException']);

/** Sends through SES. Where it is comes from the environment alone. */
export function createSesSender(from: string, client = new SESv2Client({ maxAttempts: 4 })): MailSender {
  return {
    send: async ({ id, to, subject, text, html }) => {
      const utf8 = (data: string) => ({ Data: data, Charset: 'UTF-8' });
      try {
        await client.send(
          new SendEmailCommand({
            FromEmailAddress: from,
            Destination: { ToAddresses: [to] },
            Content: {
              Simple: {
                Subject: utf8(subject),
                Body: { Text: utf8(text), Html: utf8(html) },
                Headers: [
                  // SES sets Message-ID itself; by this one a mail that was sent twice is told.
                  { Name: 'X-Kinerja-Message', Value: id },
                  { Name: 'Auto-Submitted', Value: 'auto-generated' },
                ],
              },
            },
          }),
        );
      } catch (error) {
        // Its message may quote the address.
        if (
          error instanceof SESv2ServiceException &&
          REFUSED.has(error.name) &&
          !OF_THE_ACCOUNT.test(error.message)
        )
          throw new MailRefusedError(error.name);
        if (error instanceof SESv2ServiceException && BUSY.has(error.name))
          throw new MailBusyError(error.name);
        throw error;
      }
    },
  };
}
