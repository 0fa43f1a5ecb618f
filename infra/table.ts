import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableClass,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

const INDEXES = ['gsi1', 'gsi2', 'gsi3'] as const;
export type TableIndex = (typeof INDEXES)[number];

/** What a function may do with the table. */
export type TableAction =
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'UpdateItem';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The single table of the system, with the permissions that a function can be given on it. */
export class Table extends Construct {
  /** The table that the stack creates and keeps. */
  readonly created: TableV2;
  /** The table that is in use: the created one, unless a restored one stands in for it. */
  readonly table: TableV2 | ITableV2;

  /** @param restoredTable name of a table restored from a backup, to be used instead of the created one */
  constructor(scope: Construct, id: string, restoredTable?: string) {
    super(scope, id);
    this.created = new TableV2(this, 'Table', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      globalSecondaryIndexes: INDEXES.map((indexName) => ({
        indexName,
        partitionKey: text(`${indexName}pk`),
        sortKey: text(`${indexName}sk`),
        projectionType: ProjectionType.ALL,
      })),
      billing: Billing.onDemand(),
      tableClass: TableClass.STANDARD,
      timeToLiveAttribute: 'expiresAt',
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table =
      restoredTable === undefined ? this.created : TableV2.fromTableName(this, 'Restored', restoredTable);
  }

  get name(): string {
    return this.table.tableName;
  }

  /**
   * What a function does with the table, and which indexes it queries; neither a scan nor anything on another index. A transaction
   * needs the permission of each action in it. `npm run trust` compares the lists with what the functions call.
   */
  grant(
    { lambda }: ServiceFunction,
    actions: readonly TableAction[],
    indexes: readonly TableIndex[] = [],
  ): void {
    const { tableArn } = this.table;
    const allow = (on: readonly TableAction[], resources: string[]): void => {
      if (on.length > 0)
        lambda.addToRolePolicy(
          new PolicyStatement({ actions: on.map((action) => `dynamodb:${action}`), resources }),
        );
    };
    allow(
      actions.filter((action) => action !== 'Query'),
      [tableArn],
    );
    allow(
      actions.filter((action) => action === 'Query'),
      [tableArn, ...indexes.map((index) => `${tableArn}/index/${index}`)],
    );
  }
}
