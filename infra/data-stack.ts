import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { FileBucket } from './file-bucket.ts';
import type { StageSettings } from './settings.ts';
import { SignIn } from './sign-in.ts';
import { Table } from './table.ts';

export interface DataStackProps extends StackProps {
  readonly settings: StageSettings;
}

/** What outlives every deployment: the table, the files and the users. */
export class DataStack extends Stack {
  readonly table: Table;
  readonly files: FileBucket;
  readonly signIn: SignIn;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    this.table = new Table(this, 'Data', props.settings.restoredTable);
    this.files = new FileBucket(this, 'Files', props.settings);
    this.signIn = new SignIn(this, 'SignIn', props.settings);

    // The mailer alone reads it, and a stage may leave off mails: an export that the mailer still holds cannot go.
    this.exportValue(this.signIn.pool.userPoolArn);

    new CfnOutput(this, 'TableName', { value: this.table.name });
    new CfnOutput(this, 'BucketName', { value: this.files.name });
    new CfnOutput(this, 'UserPoolId', { value: this.signIn.pool.userPoolId });
    new CfnOutput(this, 'UserPoolClientId', { value: this.signIn.client.userPoolClientId });
  }
}
