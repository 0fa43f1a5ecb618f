import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { canonicalJson } from '../../../functions/domain/canonical-json.ts';

/** Mails by the id by which one that was sent twice is told. @returns the id */
export function keepMail(
  mails: Map<string, string>,
  { Content, Destination }: Pick<SendEmailCommandInput, 'Content' | 'Destination'>,
): string {
  const { Headers = [], ...mail } = Content?.Simple ?? {};
  const id = Headers.find(({ Name }) => Name === 'X-Kinerja-Message')?.Value ?? '';
  mails.set(id, canonicalJson([Destination, mail]));
  return id;
}
