import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CustomState,
  DefinitionBody,
  Fail,
  type IChainable,
  JsonPath,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import { TASK_RETRIES } from './task-retries.ts';

/**
 * A Task state that calls a function, and again when that fails.
 *
 * @param timeout of the function
 * @param more fields of the state
 */
export const taskState = (
  scope: Construct,
  name: string,
  { lambda }: ServiceFunction,
  timeout: Duration,
  more: object = {},
): CustomState =>
  new CustomState(scope, name, {
    stateJson: {
      Type: 'Task',
      Resource: lambda.functionArn,
      ...more,
      // Beyond the function's own limit, so that Lambda reports first.
      TimeoutSeconds: timeout.toSeconds() + 60,
      Retry: TASK_RETRIES,
    },
  });

/** After `record` has written down `$.error`, or could not, the execution fails with it, in the state `name`. */
export const thenFail = (scope: Construct, record: CustomState, name: string): CustomState => {
  const failed = new Fail(scope, name, {
    stateName: name,
    errorPath: JsonPath.stringAt('$.error.Error'),
    causePath: JsonPath.stringAt('$.error.Cause'),
  });
  record.addCatch(failed, { errors: ['States.ALL'], resultPath: JsonPath.DISCARD });
  record.next(failed);
  return record;
};

export interface WorkflowProps {
  readonly stage: string;
  /** Ends the name of its log. */
  readonly name: string;
  readonly comment: string;
  readonly definition: IChainable;
  readonly steps: readonly ServiceFunction[];
  /** An execution is ended after this long. */
  readonly timeout: Duration;
  readonly logRetentionDays: number;
}

/** A Standard state machine, traced, and logged without the data of its steps, which it may call. */
export const createStateMachine = (scope: Construct, props: WorkflowProps): StateMachine => {
  const stateMachine = new StateMachine(scope, 'Machine', {
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromChainable(props.definition),
    comment: props.comment,
    timeout: props.timeout,
    tracingEnabled: true,
    logs: {
      level: LogLevel.ALL,
      includeExecutionData: false,
      destination: new LogGroup(scope, 'Log', {
        // The prefix keeps the log group's resource policy short: Step Functions shares one of 5,120 characters.
        logGroupName: `/aws/vendedlogs/states/kinerja-${props.stage}-${props.name}`,
        retention: props.logRetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    },
  });
  for (const step of props.steps) step.grantInvoke(stateMachine);
  Validations.of(stateMachine.role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'X-Ray and the delivery of vended logs have no resources: their actions are granted on * or not at all.',
  });
  return stateMachine;
};
