import { testDatabase } from './database.ts';

/** A set-up file of Vitest: the variables under which Lambda entries and the SDK's own clients run in a test. */
const { endpoint, region, accessKeyId, secretAccessKey } = testDatabase();

Object.assign(process.env, {
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  STAGE: 'demo',
  POWERTOOLS_SERVICE_NAME: 'kinerja',
  POWERTOOLS_METRICS_DISABLED: 'true',
});
process.env['LOG_LEVEL'] ??= 'SILENT';
