import { S3Client } from '@aws-sdk/client-s3';
import type { FileStore, UploadTicket } from '../../functions/store/contract/files.ts';
import { createFiles } from '../../functions/store/s3-files.ts';
import { startObjectStore } from '../../infra/local/object-store.ts';

export interface TestFiles {
  readonly store: FileStore;
  readonly client: S3Client;
  readonly endpoint: string;
  readonly bucket: string;
  close(): Promise<void>;
}

/** A file store over the local stand-in of S3, in a folder that is gone at the end unless one is given. */
export async function startTestFiles(folder?: string): Promise<TestFiles> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'a secret' };
  const bucket = 'test-files';
  const region = 'ap-southeast-3';
  const objects = await startObjectStore({ ...credentials, region, bucket, folder });
  const client = new S3Client({ endpoint: objects.endpoint, region, credentials });
  return {
    store: createFiles({ client, bucket }),
    client,
    endpoint: objects.endpoint,
    bucket,
    close: async () => {
      client.destroy();
      await objects.close();
    },
  };
}

/** Uploads as a browser does: a form with the ticket's fields and, last, the file. */
export function upload(
  { url, fields }: Pick<UploadTicket, 'url' | 'fields'>,
  content: Uint8Array,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([new Uint8Array(content)]));
  return fetch(url, { method: 'POST', body: form });
}
