/** Run by test/local/processes.test.ts: starts DynamoDB Local, tells its endpoint, and waits to be killed. */
import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';

const { endpoint } = await startDynamoDbLocal();
process.stdout.write(`${endpoint}\n`);
setInterval(() => undefined, 1000);
