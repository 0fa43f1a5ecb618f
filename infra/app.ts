import { App } from 'aws-cdk-lib/core';
import { addStacks } from './app-stacks.ts';
import { readStage, SettingsError } from './settings.ts';

const app = new App();
const stage: unknown = app.node.tryGetContext('stage') ?? 'dev';
try {
  addStacks(app, String(stage), readStage(String(stage)), process.env['CDK_DEFAULT_ACCOUNT']);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
