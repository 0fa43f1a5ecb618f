import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnStateMachine, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { App, Stack } from 'aws-cdk-lib/core';
import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import * as z from 'zod';
import { CloseStack } from './close-stack.ts';
import { DataStack } from './data-stack.ts';
import { JobStack } from './job-stack.ts';
import type { ServiceFunction } from './service-function.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** A state machine as it is deployed, for an interpreter. */
export interface MachineDefinition {
  /** Amazon States Language; each Task's resource is an ARN that names nothing real. */
  readonly definition: StateMachineDefinition;
  /** For each Task state, its Lambda entry below the repository's root: `Begin` → `functions/close/begin.ts`. */
  readonly entries: Readonly<Record<string, string>>;
}

/** The state machine that closes a period, with what starts it. */
export interface CloseDefinition extends MachineDefinition {
  /** The starter's Lambda entry, which is not a step of the machine. */
  readonly starterEntry: string;
}

const assemble = () => {
  // No bundling: the functions' code is not looked at, so that a definition takes a fraction of a second.
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  const data = new DataStack(app, 'data', { settings: DEFAULT_SETTINGS });
  return { app, data };
};

const joinSchema = z.object({
  'Fn::Join': z.tuple([
    z.literal(''),
    z.array(z.union([z.string(), z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) })])),
  ]),
});

/** A state machine of a stack and its steps, for an interpreter. */
const readMachine = (
  stateMachine: StateMachine,
  steps: Readonly<Record<string, ServiceFunction>>,
): MachineDefinition => {
  const resource = stateMachine.node.defaultChild;
  if (!(resource instanceof CfnStateMachine)) throw new Error('the state machine has no resource');
  const [separator, parts] = joinSchema.parse(Stack.of(stateMachine).resolve(resource.definitionString))[
    'Fn::Join'
  ];
  const text = parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `arn:aws:lambda:ap-southeast-3:000000000000:function:${part['Fn::GetAtt'][0]}`,
    )
    .join(separator);
  const definition: StateMachineDefinition = JSON.parse(text);
  return {
    definition,
    entries: Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, step.entry])),
  };
};

/** Synthesises the state machine that closes a period in memory and returns its definition. */
export const synthesiseCloseDefinition = (): CloseDefinition => {
  const { app, data } = assemble();
  const stack = new CloseStack(app, 'close', {
    stage: 'local',
    settings: DEFAULT_SETTINGS,
    table: data.table,
  });
  const { stateMachine, steps } = stack.machine;
  return { ...readMachine(stateMachine, steps), starterEntry: stack.schedule.starter.entry };
};

/** The same for the state machine of jobs. */
export const synthesiseJobDefinition = (): MachineDefinition => {
  const { app, data } = assemble();
  const { table, files, signIn } = data;
  const stack = new JobStack(app, 'jobs', {
    stage: 'local',
    settings: DEFAULT_SETTINGS,
    table,
    files,
    signIn,
  });
  return readMachine(stack.machine.stateMachine, stack.machine.steps);
};

const keySchema = z.array(z.object({ attributeName: z.string(), keyType: z.enum(['HASH', 'RANGE']) }));
const tableSchema = z.object({
  attributeDefinitions: z.array(
    z.object({ attributeName: z.string(), attributeType: z.enum(['S', 'N', 'B']) }),
  ),
  keySchema,
  globalSecondaryIndexes: z.array(
    z.object({
      indexName: z.string(),
      keySchema,
      projection: z.object({ projectionType: z.enum(['ALL', 'KEYS_ONLY']) }),
    }),
  ),
});

const keysOf = (keys: z.infer<typeof keySchema>) =>
  keys.map(({ attributeName, keyType }) => ({ AttributeName: attributeName, KeyType: keyType }));

/** The input of DynamoDB's CreateTable for the table as it is deployed; time to live is set apart. */
export interface TableDefinition {
  readonly createTable: CreateTableCommandInput;
  /** The attribute that holds an item's expiry, in seconds since 1970. */
  readonly timeToLiveAttribute: string;
}

/** Synthesises the table in memory and returns what DynamoDB Local needs to create the same one. */
export const synthesiseTable = (tableName: string): TableDefinition => {
  const { data } = assemble();
  const resource = data.table.created.node.defaultChild;
  if (!(resource instanceof CfnGlobalTable)) throw new Error('the table has no resource');
  const { attributeDefinitions, globalSecondaryIndexes, ...table } = tableSchema.parse(
    data.resolve({
      attributeDefinitions: resource.attributeDefinitions,
      keySchema: resource.keySchema,
      globalSecondaryIndexes: resource.globalSecondaryIndexes,
    }),
  );
  const { attributeName } = z
    .object({ attributeName: z.string() })
    .parse(data.resolve(resource.timeToLiveSpecification));
  return {
    createTable: {
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributeDefinitions.map((attribute) => ({
        AttributeName: attribute.attributeName,
        AttributeType: attribute.attributeType,
      })),
      KeySchema: keysOf(table.keySchema),
      GlobalSecondaryIndexes: globalSecondaryIndexes.map((index) => ({
        IndexName: index.indexName,
        KeySchema: keysOf(index.keySchema),
        Projection: { ProjectionType: index.projection.projectionType },
      })),
    },
    timeToLiveAttribute: attributeName,
  };
};
