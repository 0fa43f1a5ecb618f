import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableClass,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const INDEXES = ['gsi1', 'gsi2', 'gsi3'];

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

  /** Reads by key, and queries of the table and of its named indexes. Never a scan. */
  grantRead(grantee: IGrantable): void {
    this.#allow(grantee, ['dynamodb:BatchGetItem', 'dynamodb:GetItem'], [this.table.tableArn]);
    this.#allow(
      grantee,
      ['dynamodb:Query'],
      [this.table.tableArn, ...INDEXES.map((index) => `${this.table.tableArn}/index/${index}`)],
    );
  }

  /** Single writes and transactions: a transaction needs the permission of each action in it. */
  grantTransact(grantee: IGrantable): void {
    this.#allow(
      grantee,
      ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [this.table.tableArn],
    );
  }

  /** Single writes and transactions that never delete. */
  grantTransactWithoutDelete(grantee: IGrantable): void {
    this.#allow(
      grantee,
      ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      [this.table.tableArn],
    );
  }

  /** Single updates of items, and nothing that deletes. */
  grantUpdate(grantee: IGrantable): void {
    this.#allow(grantee, ['dynamodb:UpdateItem'], [this.table.tableArn]);
  }

  /** Unconditional writes in bulk, for what a close leaves under its own run. */
  grantBatchWrite(grantee: IGrantable): void {
    this.#allow(grantee, ['dynamodb:BatchWriteItem'], [this.table.tableArn]);
  }

  #allow(grantee: IGrantable, actions: string[], resources: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
  }
}
