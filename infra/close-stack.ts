import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CloseMachine } from './close-machine.ts';
import { CloseSchedule } from './close-schedule.ts';
import type { StageSettings } from './settings.ts';
import type { Table } from './table.ts';

export interface CloseStackProps extends StackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly table: Table;
}

/** Time drives it: the hourly schedule, the starter, and the state machine that closes a period. */
export class CloseStack extends Stack {
  readonly machine: CloseMachine;
  readonly schedule: CloseSchedule;

  constructor(scope: Construct, id: string, props: CloseStackProps) {
    super(scope, id, props);
    this.machine = new CloseMachine(this, 'Close', {
      stage: props.stage,
      table: props.table,
      concurrency: props.settings.closeConcurrency,
      logRetentionDays: props.settings.logRetentionDays,
    });
    this.schedule = new CloseSchedule(this, 'Schedule', {
      stage: props.stage,
      table: props.table,
      machine: this.machine,
      logRetentionDays: props.settings.logRetentionDays,
    });

    new CfnOutput(this, 'StateMachineArn', { value: this.machine.stateMachine.stateMachineArn });
    new CfnOutput(this, 'StarterName', { value: this.schedule.starter.lambda.functionName });
    new CfnOutput(this, 'DeadLettersUrl', { value: this.schedule.deadLetters.queueUrl });
  }
}
