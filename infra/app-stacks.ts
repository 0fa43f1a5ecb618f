import { type App, Tags, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ApiStack } from './api-stack.ts';
import { CloseStack } from './close-stack.ts';
import { DataStack } from './data-stack.ts';
import { JobStack } from './job-stack.ts';
import { OpsStack } from './ops-stack.ts';
import type { StageSettings } from './settings.ts';

/** The stacks of a stage. */
export interface Stacks {
  readonly data: DataStack;
  readonly jobs: JobStack;
  readonly api: ApiStack;
  readonly close: CloseStack;
  readonly ops: OpsStack;
}

/**
 * Adds the stacks of a stage to an app, and the checks that every one of them must pass.
 *
 * @param account without one the stacks can be synthesised but not deployed
 */
export const addStacks = (app: App, stage: string, settings: StageSettings, account?: string): Stacks => {
  const env = { region: settings.region, ...(account !== undefined && { account }) };
  const stackProps = (part: string, description: string) => ({
    env,
    stackName: `kinerja-${stage}-${part}`,
    description: `Kinerja ${stage}: ${description}`,
    terminationProtection: true,
    stage,
    settings,
  });

  const data = new DataStack(app, 'data', stackProps('data', 'the table, the files and the users'));
  const { table, files, signIn } = data;
  const jobs = new JobStack(app, 'jobs', {
    ...stackProps('jobs', 'what works in the background'),
    table,
    files,
    signIn,
  });
  const api = new ApiStack(app, 'api', {
    ...stackProps('api', 'the GraphQL endpoint'),
    table,
    files,
    signIn,
    jobs,
  });
  const close = new CloseStack(app, 'close', { ...stackProps('close', 'schedule and state machine'), table });
  const ops = new OpsStack(app, 'ops', {
    ...stackProps('ops', 'alarms and dashboard'),
    table,
    jobs,
    api,
    close,
  });

  Tags.of(app).add('application', 'kinerja');
  Tags.of(app).add('stage', stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, jobs, api, close, ops };
};
