import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageRejected, SESv2Client } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSesSender } from '../../functions/mail/ses-sender.ts';
import { MailRefusedError } from '../../functions/usecases/mail/send-mails.ts';
import { type MailFolder, startMailFolder } from '../../infra/local/mail-folder.ts';

let mails: MailFolder;
let client: SESv2Client;
beforeAll(async () => {
  mails = await startMailFolder(await mkdtemp(join(tmpdir(), 'kinerja-mail-')));
  client = new SESv2Client({
    endpoint: mails.endpoint,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  client.destroy();
  await mails.close();
  await rm(mails.folder, { recursive: true, force: true });
});

const mail = { id: 'abc', to: 'citra@daerah.go.id', subject: 'Kinerja: é', text: 'Isi', html: '<p>Isi</p>' };

test('a mail lies in the folder as a file that mail programs read', async () => {
  await createSesSender('Kinerja <k@daerah.go.id>', client).send(mail);
  const [name = ''] = await mails.list();
  const eml = await readFile(join(mails.folder, name), 'utf8');
  expect(eml).toContain('From: Kinerja <k@daerah.go.id>\r\nTo: citra@daerah.go.id\r\n');
  expect(eml).toContain(`Subject: =?utf-8?B?${Buffer.from('Kinerja: é').toString('base64')}?=`);
  expect(eml).toContain('X-Kinerja-Message: abc');
  expect(eml).toContain(Buffer.from('<p>Isi</p>').toString('base64'));
});

test('what the service refuses is told apart from what it has no time for', async () => {
  const refusing = new SESv2Client({
    endpoint: mails.endpoint,
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  refusing.middlewareStack.add(
    (next) => (args) => next({ ...args, input: { ...args.input, Destination: { ToAddresses: [] } } }),
    { step: 'initialize' },
  );
  await expect(createSesSender('k@daerah.go.id', refusing).send(mail)).rejects.toThrow(MailRefusedError);
  refusing.destroy();
});

test.each([
  ['whose sender', 'k@daerah.go.id'],
  ['in the sandbox, whose recipient', 'citra@daerah.go.id'],
])('an account %s is not verified has no refused mail', async (_, identity) => {
  const message = `Email address is not verified. The following identities failed the check in region AP-SOUTHEAST-3: ${identity}`;
  const unverified = new SESv2Client({
    region: 'ap-southeast-3',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  unverified.middlewareStack.add(
    () => () => Promise.reject(new MessageRejected({ message, $metadata: {} })),
    { step: 'initialize' },
  );
  await expect(createSesSender('k@daerah.go.id', unverified).send(mail)).rejects.toThrow(MessageRejected);
  unverified.destroy();
});
