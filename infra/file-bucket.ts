import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  type IBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** Where uploads wait until they are kept, and where each kind of file lives (functions/store/s3-files.ts). */
const WAITING = 'incoming/*';
const EVIDENCE = 'evidence/*';
const EXPORTS = 'exports/*';

/** Days. */
const UNKEPT_UPLOAD = 1;
const EXPORT = 7;
/** As long as the table can be brought back, so that what it names is there. */
const DELETED_FILE = 35;

export interface FileBucketProps {
  /** Origins of the browser apps that may upload and download; empty: none. */
  readonly corsOrigins: readonly string[];
  readonly logRetentionDays: number;
}

/** The private bucket of evidence, documents and exports, with the permissions that a function can be given on it. */
export class FileBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { corsOrigins, logRetentionDays }: FileBucketProps) {
    super(scope, id);
    // Access logs are let in by a bucket policy; the older way needs ACLs, which are off.
    this.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
    const isPrivate = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    const accessLog = new Bucket(this, 'AccessLog', {
      ...isPrivate,
      lifecycleRules: [{ id: 'old-logs', expiration: Duration.days(logRetentionDays) }],
    });
    this.bucket = new Bucket(this, 'Files', {
      ...isPrivate,
      versioned: true,
      // The library's own types do not fit each other under exactOptionalPropertyTypes.
      serverAccessLogsBucket: accessLog as IBucket,
      lifecycleRules: LIFECYCLE,
      ...(corsOrigins.length > 0 && {
        cors: [
          {
            allowedOrigins: [...corsOrigins],
            allowedMethods: [HttpMethods.POST, HttpMethods.GET],
            allowedHeaders: ['*'],
            maxAge: Duration.hours(2).toSeconds(),
          },
        ],
      }),
    });
  }

  get name(): string {
    return this.bucket.bucketName;
  }

  /** Lets a function of another stack sign uploads and downloads, keep what was uploaded as evidence, and delete that. */
  grantFiles(to: ServiceFunction): void {
    const arn = Stack.of(this).exportValue(this.bucket.bucketArn);
    const below = (prefix: string): string => `${arn}/${prefix}`;
    const allow = (actions: string[], resources: string[]): void => {
      to.lambda.addToRolePolicy(new PolicyStatement({ actions, resources }));
    };
    allow(['s3:GetObject'], [WAITING, EVIDENCE, EXPORTS].map(below));
    allow(['s3:PutObject'], [WAITING, EVIDENCE].map(below));
    allow(['s3:DeleteObject'], [EVIDENCE].map(below));
    // Without it S3 calls a missing file forbidden, and a mistake in the permissions would look like one.
    allow(['s3:ListBucket'], [arn]);
    acknowledgePrefixes(to, [WAITING, EVIDENCE, EXPORTS].map(below));
  }

  /** Lets a function of another stack store exports and put parts of them together, and nothing else. */
  grantExports(to: ServiceFunction): void {
    const arn = Stack.of(this).exportValue(this.bucket.bucketArn);
    const resource = `${arn}/${EXPORTS}`;
    const allow = (actions: string[], on: string): void => {
      to.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [on] }));
    };
    // PutObject also stores a large file in parts, and AbortMultipartUpload clears away one that was not finished.
    allow(['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], resource);
    // As for grantFiles: a part that is not there yet is missing, not forbidden.
    allow(['s3:ListBucket'], arn);
    acknowledgePrefixes(to, [resource]);
  }
}

function acknowledgePrefixes(to: ServiceFunction, resources: readonly string[]): void {
  Validations.of(to).acknowledge(
    ...resources.map((resource) => ({
      id: `AwsSolutions-IAM5[Resource::${flattenCfnReference(Stack.of(to).resolve(resource))}]`,
      reason: 'Files have ids that exist only at run time; the prefix says what kind they are.',
    })),
  );
}

const LIFECYCLE: LifecycleRule[] = [
  {
    id: 'abandoned-uploads',
    prefix: 'incoming/',
    expiration: Duration.days(UNKEPT_UPLOAD),
    noncurrentVersionExpiration: Duration.days(1),
  },
  {
    id: 'fetched-exports',
    prefix: 'exports/',
    expiration: Duration.days(EXPORT),
    noncurrentVersionExpiration: Duration.days(1),
  },
  {
    id: 'deleted-files',
    noncurrentVersionExpiration: Duration.days(DELETED_FILE),
    expiredObjectDeleteMarker: true,
    abortIncompleteMultipartUploadAfter: Duration.days(1),
  },
];
