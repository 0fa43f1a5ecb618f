import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FileBucket } from './file-bucket.ts';
import type { JobStack } from './job-stack.ts';
import { ServiceFunction } from './service-function.ts';
import type { StageSettings } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Table } from './table.ts';

const SIGNED_IN_ROUTE = '/graphql';
const PUBLIC_ROUTE = '/public';

/** What a line of the access log says: no address, no user agent, nothing of the token or of the body. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  refusal: '$context.error.responseType',
};

export interface ApiStackProps extends StackProps {
  readonly stage: string;
  readonly settings: StageSettings;
  readonly table: Table;
  readonly files: FileBucket;
  readonly jobs: JobStack;
  readonly signIn: SignIn;
}

/** The GraphQL endpoint: one function behind two routes, signed in and public, throttled apart. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly graphql: ServiceFunction;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { stage, settings, signIn, table, files, jobs } = props;

    this.graphql = new ServiceFunction(this, 'Graphql', {
      stage,
      service: 'graphql',
      entry: 'functions/graphql/handler.ts',
      description: 'Answers GraphQL requests',
      // An HTTP API waits 30 seconds.
      timeout: Duration.seconds(28),
      memorySize: 1769,
      environment: {
        TABLE_NAME: table.name,
        BUCKET_NAME: files.name,
        JOB_MACHINE_ARN: jobs.machine.stateMachine.stateMachineArn,
      },
      logRetentionDays: settings.logRetentionDays,
    });
    table.grant(
      this.graphql,
      ['BatchGetItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
      ['gsi1', 'gsi2', 'gsi3'],
    );
    files.grantFiles(this.graphql);
    jobs.machine.grantStart(this.graphql);

    this.api = new HttpApi(this, 'Api', {
      description: `Kinerja ${stage}`,
      createDefaultStage: false,
      ...(settings.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: [...settings.corsOrigins],
          allowMethods: [CorsHttpMethod.POST],
          allowHeaders: ['accept-language', 'apollo-require-preflight', 'authorization', 'content-type'],
          exposeHeaders: ['x-correlation-id'],
          maxAge: Duration.hours(2),
        },
      }),
    });
    const integration = new HttpLambdaIntegration('Integration', this.graphql.lambda);
    const [signedIn] = this.api.addRoutes({
      path: SIGNED_IN_ROUTE,
      methods: [HttpMethod.POST],
      integration,
      authorizer: new HttpJwtAuthorizer('Cognito', signIn.issuer, {
        // API Gateway compares it with `aud`, or with `client_id` in an access token, which has no `aud`.
        jwtAudience: [signIn.client.userPoolClientId],
      }),
    });
    const [open] = this.api.addRoutes({ path: PUBLIC_ROUTE, methods: [HttpMethod.POST], integration });
    if (signedIn === undefined || open === undefined) throw new Error('the API has no routes');
    Validations.of(open).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'What the public may see needs no login; the function acts as PUBLIC, and the route has its own throttle.',
    });

    const httpStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      // What no route names is refused by API Gateway itself, but still counted.
      throttle: { rateLimit: settings.graphqlThrottle.rate, burstLimit: settings.graphqlThrottle.burst },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: `/aws/vendedlogs/apis/kinerja-${stage}`,
            retention: settings.logRetentionDays,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    const resource = httpStage.node.defaultChild;
    if (!(resource instanceof CfnStage)) throw new Error('the stage has no resource');
    const throttleOf = ({ rate, burst }: StageSettings['publicThrottle']) => ({
      DetailedMetricsEnabled: true,
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
    });
    // Not a typed property: the map is passed to CloudFormation as it stands.
    resource.routeSettings = {
      [`POST ${SIGNED_IN_ROUTE}`]: throttleOf(settings.graphqlThrottle),
      [`POST ${PUBLIC_ROUTE}`]: throttleOf(settings.publicThrottle),
    };
    // Settings of a route that does not exist yet would fail the deployment.
    httpStage.node.addDependency(signedIn, open);

    new CfnOutput(this, 'Endpoint', { value: `${this.api.apiEndpoint}${SIGNED_IN_ROUTE}` });
    new CfnOutput(this, 'PublicEndpoint', { value: `${this.api.apiEndpoint}${PUBLIC_ROUTE}` });
  }
}
