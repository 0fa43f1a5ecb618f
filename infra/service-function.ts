import { fileURLToPath } from 'node:url';
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { ContextAttribute, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { type Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

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
  readonly lambda: NodejsFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.entry = props.entry;
    this.stage = props.stage;
    this.serviceName = `kinerja-${props.stage}-${props.service}`;

    const logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );

    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'X-Ray has no resources: PutTraceSegments and PutTelemetryRecords are granted on * or not at all.',
    });

    this.lambda = new NodejsFunction(this, 'Function', {
      ...(Stack.of(this).bundlingRequired
        ? { entry: `${ROOT}${props.entry}`, projectRoot: ROOT, depsLockFilePath: `${ROOT}package-lock.json` }
        : { code: Code.fromInline('export const handler = undefined;'), handler: 'index.handler' }),
      description: props.description,
      // NODEJS_LATEST is still Node 22.
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memorySize,
      timeout: props.timeout,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      environment: {
        ...props.environment,
        STAGE: props.stage,
        POWERTOOLS_SERVICE_NAME: this.serviceName,
        LOG_LEVEL: 'INFO',
        // Without it Apollo answers introspection and sends stack traces.
        NODE_ENV: 'production',
        NODE_OPTIONS: '--enable-source-maps',
      },
      bundling: {
        format: OutputFormat.ESM,
        logLevel: LogLevel.WARNING,
        target: 'node24',
        mainFields: ['module', 'main'],
        minify: true,
        keepNames: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.EXTERNAL,
        sourcesContent: false,
        // Our SDK, not the runtime's: one version everywhere, and it loads faster bundled.
        bundleAwsSDK: true,
        // CommonJS packages inside an ESM bundle still call require.
        banner:
          "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        define: { 'process.env.NODE_ENV': '"production"' },
        esbuildArgs: {
          // The Lambda adapter is CommonJS: without the alias Apollo Server is in the bundle twice.
          '--alias:@apollo/server': './node_modules/@apollo/server/dist/esm',
          // 200 kB that Apollo loads only to report usage to its own cloud, which takes a key that is never set.
          '--alias:@apollo/usage-reporting-protobuf': './infra/empty-module.cjs',
        },
        forceDockerBundling: false,
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
