/**
 * Stands where SES stands in the cloud, for the part of it that the system uses, so that the SDK's own client works unchanged
 * (AWS_ENDPOINT_URL_SESV2): writes each mail into a folder, as a file that mail programs open.
 *
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { readBody, serveOnLoopback } from './loopback-server.ts';

const MAIL_BYTES = 1024 * 1024;

const content = z.object({ Data: z.string(), Charset: z.optional(z.string()) });
const sendEmail = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()).min(1) }),
  Content: z.object({
    Simple: z.object({
      Subject: content,
      Body: z.object({ Text: content, Html: z.optional(content) }),
      Headers: z.optional(z.array(z.object({ Name: z.string(), Value: z.string() }))),
    }),
  }),
});

export interface MailFolder {
  /** For AWS_ENDPOINT_URL_SESV2. */
  readonly endpoint: string;
  readonly folder: string;
  /** Names of the mails in the folder, oldest first. */
  list(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Starts the endpoint on a free port of the loopback interface. */
export async function startMailFolder(folder: string): Promise<MailFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const list = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith('.eml')).toSorted();
  let count = (await list()).length;
  const server = await serveOnLoopback((request, response) => {
    count += 1;
    answer(request, response, folder, count).catch(() =>
      send(response, 500, { message: 'internal failure' }),
    );
  });
  return { endpoint: server.url, folder, list, close: () => server.close() };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  number: number,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails') {
    send(response, 404, { message: 'the local endpoint only sends mails' });
    return;
  }
  const body = await readBody(request, MAIL_BYTES);
  const mail = sendEmail.safeParse(JSON.parse(body.toString('utf8')));
  if (!mail.success) {
    response.setHeader('x-amzn-errortype', 'BadRequestException');
    send(response, 400, { message: z.prettifyError(mail.error) });
    return;
  }
  const name = `${String(number).padStart(6, '0')}.eml`;
  await writeFile(join(folder, name), emlOf(mail.data), { flag: 'wx', mode: 0o600 });
  send(response, 200, { MessageId: name });
}

/** A message of RFC 5322 with a plain and an HTML part. */
function emlOf({ FromEmailAddress, Destination, Content }: z.infer<typeof sendEmail>): string {
  const { Subject, Body, Headers = [] } = Content.Simple;
  const boundary = 'kinerja-part';
  const partOf = (type: string, text: string): string =>
    [
      `--${boundary}`,
      `Content-Type: ${type}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      (base64(text).match(/.{1,76}/g) ?? []).join('\r\n'),
    ].join('\r\n');
  return [
    `From: ${FromEmailAddress}`,
    `To: ${Destination.ToAddresses.join(', ')}`,
    `Subject: =?utf-8?B?${base64(Subject.Data)}?=`,
    ...Headers.map(({ Name, Value }) => `${Name}: ${Value}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    partOf('text/plain', Body.Text.Data),
    ...(Body.Html === undefined ? [] : [partOf('text/html', Body.Html.Data)]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
