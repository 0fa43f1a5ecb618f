import type { FileStore } from './contract/files.ts';

/**
 * Files in a private S3 bucket, whose client is loaded with the first of them: most requests need none, and it takes as long to
 * load as that of DynamoDB.
 */
export function filesOnDemand(bucket: string): FileStore {
  let loaded: Promise<FileStore> | null = null;
  const files = (): Promise<FileStore> => {
    loaded ??= import('./s3-files.ts').then(({ createFiles }) => createFiles({ bucket }));
    return loaded;
  };
  return {
    presignUpload: async (...args) => (await files()).presignUpload(...args),
    get: async (...args) => (await files()).get(...args),
    head: async (...args) => (await files()).head(...args),
    headUpload: async (...args) => (await files()).headUpload(...args),
    keepUpload: async (...args) => (await files()).keepUpload(...args),
    presignDownload: async (...args) => (await files()).presignDownload(...args),
    put: async (...args) => (await files()).put(...args),
    write: async (...args) => (await files()).write(...args),
    delete: async (...args) => (await files()).delete(...args),
  };
}
