import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ContextAttribute, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import {
  AssetHashType,
  DockerImage,
  type Duration,
  RemovalPolicy,
  Stack,
  Validations,
} from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { bundle, ROOT } from './bundle.ts';

/** What a schedule calls a function with: the time that the call was planned for, the same in every repetition of it. */
export const SCHEDULED_CALL = ScheduleTargetInput.fromObject({ scheduledAt: ContextAttribute.scheduledTime });

export interface ServiceFunctionProps {
  /** The stage's name, 'dev' or 'prod'. */
  readonly stage: string;
  /** Short name; the log group and the metrics' service carry it. */
  readonly service: string;
  /** The Lambda entry below the repository's root, for example 'functions/close/begin.ts'. */
  readonly entry: string;
  readonly description: string;
  readonly timeout: Duration;
  /** Megabytes; CPU grows with it, a whole core from 1,769. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
}

/**
 * A Lambda function of the system: one entry file bundled by esbuild, its own role without managed policies, and its
 * own log group. Where the stack needs no bundling (definitions read in memory, `cdk ls`) it holds no code at all.
 */
export class ServiceFunction extends Construct {
  readonly entry: string;
  /** The dimension `service` of the metrics that the function publishes. */
  readonly serviceName: string;
  /** The dimension `stage`. */
  readonly stage: string;
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.entry = props.entry;
    this.stage = props.stage;
    this.serviceName = `kinerja-${props.stage}-${props.service}`;

    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );

    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords are granted on * or not at all.',
    });

    this.lambda = new LambdaFunction(this, 'Function', {
      code: Stack.of(this).bundlingRequired
        ? bundled(props.entry)
        : Code.fromInline('export const handler = undefined;'),
      handler: 'index.handler',
      description: props.description,
      // NODEJS_LATEST is still Node 22.
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: {
        ...props.environment,
        STAGE: props.stage,
        POWERTOOLS_SERVICE_NAME: this.serviceName,
        LOG_LEVEL: 'INFO',
        // Without it Apollo answers introspection and sends stack traces.
        NODE_ENV: 'production',
      },
    });
  }

  /** Lets `grantee` invoke this function: the unqualified ARN alone, since no version or alias is published. */
  grantInvoke(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.lambda.functionArn] }),
    );
  }
}

/** The entry's bundle, made when the stack is synthesised, without a container. */
const bundled = (entry: string): Code =>
  Code.fromAsset(ROOT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      // Never run; it tells the functions' bundles apart.
      command: [entry],
      local: {
        tryBundle: (outdir) => {
          bundle(entry, outdir);
          return true;
        },
      },
    },
  });
