import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FileBucket } from './file-bucket.ts';
import { JobMachine } from './job-machine.ts';
import { Mailer } from './mailer.ts';
import type { StageSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Table } from './table.ts';

export interface JobStackProps extends StackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly table: Table;
  readonly files: FileBucket;
  readonly signIn: SignIn;
}

/** What works in the background: jobs, and mails. */
export class JobStack extends Stack {
  readonly machine: JobMachine;
  /** Undefined where the stage sends no mails. */
  readonly mailer: Mailer | undefined;

  constructor(scope: Construct, id: string, props: JobStackProps) {
    super(scope, id, props);
    const { stage, table, files, signIn, settings } = props;
    this.machine = new JobMachine(this, 'Jobs', {
      stage,
      table,
      files,
      logRetentionDays: settings.logRetentionDays,
    });
    const { mail, logRetentionDays } = settings;
    if (mail !== undefined)
      this.mailer = new Mailer(this, 'Mailer', { stage, mail, table, signIn, logRetentionDays });

    new CfnOutput(this, 'StateMachineArn', { value: this.machine.stateMachine.stateMachineArn });
  }
}
