import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import {
  synthesiseCloseDefinition,
  synthesiseJobDefinition,
  synthesiseTable,
} from '../../infra/close-definition.ts';
import { flatten, otherPoliciesOf, permissionsOf } from './permissions.ts';
import { MAIL, synthesise } from './synthesis.ts';
import { resourceOf, resourcesOf } from './templates.ts';

const templates = synthesise({
  settings: {
    corsOrigins: ['https://kinerja.example.go.id'],
    alarmEmails: ['ops@example.go.id'],
    publicThrottle: { rate: 7, burst: 9 },
    graphqlThrottle: { rate: 70, burst: 90 },
    mail: { ...MAIL, appUrl: 'https://kinerja.example.go.id' },
  },
});
const { data, jobs, api, close, ops } = templates;
const functions = [
  ...resourcesOf(jobs, 'AWS::Lambda::Function'),
  ...resourcesOf(api, 'AWS::Lambda::Function'),
  ...resourcesOf(close, 'AWS::Lambda::Function'),
];

describe('the data stack', () => {
  it('keeps the table whatever happens to the stack', () => {
    expect(resourceOf(data, 'AWS::DynamoDB::GlobalTable')).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          {
            Region: 'ap-southeast-3',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
            TableClass: 'STANDARD',
          },
        ],
      },
    });
  });

  it('deploys the very table that runs locally', () => {
    const { TableName: _, ...local } = synthesiseTable('local').createTable;

    expect(resourceOf(data, 'AWS::DynamoDB::GlobalTable').Properties).toMatchObject(local);
  });

  it('keeps files privately, and forgets uploads that nobody kept', () => {
    const buckets = resourcesOf(data, 'AWS::S3::Bucket');
    const [files] = buckets.filter(({ Properties }) => Properties?.['VersioningConfiguration']);

    expect(buckets).toHaveLength(2);
    for (const bucket of buckets) {
      expect(bucket).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
            ],
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      });
    }
    expect(files?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^FilesAccessLog/) } },
      CorsConfiguration: {
        CorsRules: [{ AllowedOrigins: ['https://kinerja.example.go.id'], AllowedMethods: ['POST', 'GET'] }],
      },
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'incoming/', ExpirationInDays: 1, Status: 'Enabled' },
          { Prefix: 'exports/', ExpirationInDays: 7, Status: 'Enabled' },
          {
            NoncurrentVersionExpiration: { NoncurrentDays: 35 },
            ExpiredObjectDeleteMarker: true,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
            Status: 'Enabled',
          },
        ],
      },
    });
  });

  it('refuses requests for files without TLS', () => {
    const policies = resourcesOf(data, 'AWS::S3::BucketPolicy');

    expect(policies).toHaveLength(2);
    for (const { Properties } of policies) {
      expect(Properties?.['PolicyDocument']).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
    }
  });

  it('has no CORS on its files where no origin may call', () => {
    const [files] = resourcesOf(synthesise().data, 'AWS::S3::Bucket').filter(
      ({ Properties }) => Properties?.['VersioningConfiguration'],
    );

    expect(files?.Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('lets nobody sign up alone, asks strong passwords and allows a second factor', () => {
    expect(resourceOf(data, 'AWS::Cognito::UserPool')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        UserPoolTier: 'LITE',
        MfaConfiguration: 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        UsernameConfiguration: { CaseSensitive: true },
        Policies: {
          PasswordPolicy: {
            MinimumLength: 12,
            RequireLowercase: true,
            RequireNumbers: true,
            RequireSymbols: true,
            RequireUppercase: true,
          },
        },
      },
    });
  });

  it('sends codes and invitations in both languages, through SES where the stage says so', () => {
    const { Properties } = resourceOf(data, 'AWS::Cognito::UserPool');
    expect(Properties).not.toHaveProperty('EmailConfiguration');
    expect(Properties?.['VerificationMessageTemplate']).toMatchObject({
      EmailMessage: expect.stringMatching(/Kode Anda: \{####\}.*Your code: \{####\}/),
    });

    const mail = { ...MAIL, signInRegion: 'ap-southeast-1' };
    const through = resourceOf(synthesise({ settings: { mail } }).data, 'AWS::Cognito::UserPool');
    expect(through.Properties).toMatchObject({
      EmailConfiguration: {
        EmailSendingAccount: 'DEVELOPER',
        From: 'Kinerja <kinerja@daerah.go.id>',
        SourceArn: {
          'Fn::Join': [
            '',
            expect.arrayContaining([
              expect.stringMatching(/:ses:ap-southeast-1:$/),
              ':identity/daerah.go.id',
            ]),
          ],
        },
      },
    });
  });

  it('has the groups that the access policy knows', () => {
    const names = resourcesOf(data, 'AWS::Cognito::UserPoolGroup').map(
      (group) => group.Properties?.['GroupName'],
    );

    expect(names).toEqual(['hr_admin', 'planner', 'auditor']);
  });

  it('has a client without a secret, whose tokens can be revoked', () => {
    const { Properties } = resourceOf(data, 'AWS::Cognito::UserPoolClient');

    expect(Properties).toMatchObject({
      GenerateSecret: false,
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 60,
      ExplicitAuthFlows: [
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ],
    });
    expect(Properties?.['AllowedOAuthFlows']).toBeUndefined();
  });
});

describe('the api stack', () => {
  const [first, second] = resourcesOf(api, 'AWS::ApiGatewayV2::Route');

  it('asks a token of Cognito on POST /graphql and nothing on POST /public', () => {
    const authorizer = resourceOf(api, 'AWS::ApiGatewayV2::Authorizer');

    expect(resourcesOf(api, 'AWS::ApiGatewayV2::Route')).toHaveLength(2);
    expect(first?.Properties).toMatchObject({
      RouteKey: 'POST /graphql',
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: authorizer.logicalId },
    });
    expect(second?.Properties).toMatchObject({ RouteKey: 'POST /public', AuthorizationType: 'NONE' });
    expect(authorizer.Properties).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [{ 'Fn::ImportValue': expect.stringContaining('SignInPoolApps') }] },
    });
    expect(flatten(authorizer.Properties?.['JwtConfiguration'])).toContain(
      'https://cognito-idp.ap-southeast-3.amazonaws.com/',
    );
  });

  it('lets nobody in without a token of this pool and client, on whatever route is added, but on POST /public', () => {
    const authorizers = new Map(
      resourcesOf(api, 'AWS::ApiGatewayV2::Authorizer').map(({ logicalId, Properties }) => [
        logicalId,
        Properties,
      ]),
    );
    const routes = resourcesOf(api, 'AWS::ApiGatewayV2::Route').filter(
      ({ Properties }) => Properties?.['RouteKey'] !== 'POST /public',
    );

    expect(routes.length).toBeGreaterThan(0);
    for (const { Properties } of routes) {
      const reference = flatten(Properties?.['AuthorizerId']).replace(/^<(.*)>$/, '$1');
      expect(Properties?.['AuthorizationType']).toBe('JWT');
      expect(authorizers.get(reference)).toMatchObject({
        AuthorizerType: 'JWT',
        JwtConfiguration: {
          Audience: [{ 'Fn::ImportValue': expect.stringContaining('SignInPoolApps') }],
          Issuer: expect.anything(),
        },
      });
    }
  });

  it('throttles each route apart, once the routes exist', () => {
    expect(resourceOf(api, 'AWS::ApiGatewayV2::Stage')).toMatchObject({
      DependsOn: expect.arrayContaining([first?.logicalId, second?.logicalId]),
      Properties: {
        RouteSettings: {
          'POST /graphql': { ThrottlingRateLimit: 70, ThrottlingBurstLimit: 90 },
          'POST /public': { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 },
        },
      },
    });
  });

  it('logs accesses without anything personal', () => {
    const { Properties } = resourceOf(api, 'AWS::ApiGatewayV2::Stage');
    const format = flatten(Properties?.['AccessLogSettings']);

    expect(format).toContain('$context.requestId');
    expect(format).not.toMatch(/sourceIp|userAgent|identity|claims|authorizer|principal|cookie|header|path/i);
  });

  it('answers browsers of the origins in the settings only', () => {
    expect(resourceOf(api, 'AWS::ApiGatewayV2::Api').Properties).toMatchObject({
      CorsConfiguration: { AllowOrigins: ['https://kinerja.example.go.id'], AllowMethods: ['POST'] },
    });
  });

  it('tells where it is', () => {
    expect(Object.keys(api.Outputs ?? {})).toEqual(expect.arrayContaining(['Endpoint', 'PublicEndpoint']));
    expect(Object.keys(data.Outputs ?? {})).toEqual(
      expect.arrayContaining(['TableName', 'UserPoolId', 'UserPoolClientId']),
    );
  });
});

describe('the close stack', () => {
  const queue = resourceOf(close, 'AWS::SQS::Queue');
  const queueArn = { 'Fn::GetAtt': [queue.logicalId, 'Arn'] };

  it('calls the starter every hour and loses no call silently', () => {
    expect(resourceOf(close, 'AWS::Scheduler::Schedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      Target: {
        Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: { Arn: queueArn },
        RetryPolicy: { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 10 },
      },
    });
    expect(resourceOf(close, 'AWS::Lambda::EventInvokeConfig').Properties).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: queueArn } },
    });
  });

  it('deploys the very definition that runs locally', () => {
    const machine = resourceOf(close, 'AWS::StepFunctions::StateMachine');
    const deployed: unknown = JSON.parse(flatten(machine.Properties?.['DefinitionString']));
    const withoutArns = (definition: unknown): unknown =>
      JSON.parse(JSON.stringify(definition).replaceAll(/"Resource":"[^"]*"/g, '"Resource":""'));

    expect(withoutArns(deployed)).toEqual(withoutArns(synthesiseCloseDefinition().definition));
  });

  it('traces and logs the state machine, without the data of its steps', () => {
    expect(resourceOf(close, 'AWS::StepFunctions::StateMachine').Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });
});

describe('the jobs stack', () => {
  it('deploys the very definition that runs locally, traced, and logged without the data of its steps', () => {
    const machine = resourceOf(jobs, 'AWS::StepFunctions::StateMachine');
    const deployed: unknown = JSON.parse(flatten(machine.Properties?.['DefinitionString']));
    const withoutArns = (definition: unknown): unknown =>
      JSON.parse(JSON.stringify(definition).replaceAll(/"Resource":"[^"]*"/g, '"Resource":""'));

    expect(withoutArns(deployed)).toEqual(withoutArns(synthesiseJobDefinition().definition));
    expect(machine.Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });
});

/** What a stack lets others import, by name. */
const exportsOf = (template: object): readonly string[] =>
  [...JSON.stringify(template).matchAll(/"Export":\{"Name":"([^"]+)"\}/g)].map(([, name = '']) => name);

describe('mails', () => {
  it('are sent every five minutes, and no call is lost silently', () => {
    expect(resourceOf(jobs, 'AWS::Scheduler::Schedule').Properties).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      Target: { DeadLetterConfig: { Arn: expect.anything() } },
    });
  });

  it('go out from one address, and the mailer may do nothing else with SES', () => {
    const sending = permissionsOf(templates).filter(({ action }) => action.startsWith('ses:'));
    expect(sending).toMatchObject([
      { action: 'ses:SendEmail', resource: expect.stringMatching(/:identity\/daerah\.go\.id$/) },
    ]);
    expect(JSON.stringify(resourcesOf(jobs, 'AWS::IAM::Policy'))).toContain(
      '"StringEquals":{"ses:FromAddress":"kinerja@daerah.go.id"}',
    );
  });

  it('reach those who have a role: of all functions the mailer alone asks the user pool, and only who is in a group', () => {
    const asking = permissionsOf(templates).filter(({ action }) => action.startsWith('cognito-idp:'));
    expect(asking).toMatchObject([
      {
        role: expect.stringMatching(/^Mailer/),
        action: 'cognito-idp:ListUsersInGroup',
        resource: expect.stringMatching(/^<.*Pool.*Arn.*>$/),
      },
    ]);
  });

  it('are sent by nobody where the stage says nothing of them', () => {
    const quiet = synthesise();
    expect(resourcesOf(quiet.jobs, 'AWS::Lambda::Function')).toHaveLength(2);
    expect(permissionsOf(quiet).filter(({ action }) => /^(?:ses|cognito-idp):/.test(action))).toEqual([]);
    // Else the mailer, which still holds on to an export that goes, forbids the first stack of the deployment that leaves it off.
    expect(exportsOf(templates.data).length).toBeGreaterThan(5);
    expect(exportsOf(quiet.data).toSorted()).toEqual(exportsOf(templates.data).toSorted());
  });
});

describe('every function', () => {
  it('runs on Node 24, on arm64, traced, with its own log group and environment', () => {
    expect(functions).toHaveLength(12);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
        Environment: {
          Variables: {
            TABLE_NAME: expect.anything(),
            STAGE: 'test',
            NODE_ENV: 'production',
            LOG_LEVEL: 'INFO',
            POWERTOOLS_SERVICE_NAME: expect.stringMatching(/^kinerja-test-/),
          },
        },
      });
    }
  });

  it('ends before whoever waits for it gives up', () => {
    const [graphql] = resourcesOf(api, 'AWS::Lambda::Function');

    expect(graphql?.Properties?.['Timeout']).toBeLessThan(30);
    for (const { Properties } of functions) expect(Properties?.['Timeout']).toBeLessThanOrEqual(900);
  });
});

describe('permissions', () => {
  const permissions = permissionsOf(templates);

  it('come from policies that are written out, and allow', () => {
    expect(permissions.length).toBeGreaterThan(50);
    expect(otherPoliciesOf(templates)).toEqual([]);
    expect(new Set(permissions.map(({ effect }) => effect))).toEqual(new Set(['Allow']));
  });

  it('name each action', () => {
    for (const { action } of permissions) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
  });

  it('never include a scan, nor anything else on the table than these', () => {
    const table = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    const actionsOf = (role: RegExp): readonly string[] =>
      [
        ...new Set(
          table
            .filter((permission) => role.test(permission.role))
            .map(({ action }) => action.replace(/^.*:/, '')),
        ),
      ].toSorted();
    const read = ['BatchGetItem', 'GetItem', 'Query'];

    expect(actionsOf(/^Graphql/)).toEqual(
      [...read, 'ConditionCheckItem', 'DeleteItem', 'PutItem', 'UpdateItem'].toSorted(),
    );
    expect(actionsOf(/^ScheduleStarter/)).toEqual(
      [...read, 'BatchWriteItem', 'ConditionCheckItem', 'PutItem', 'UpdateItem'].toSorted(),
    );
    expect(actionsOf(/^CloseBegin/)).toEqual([
      'BatchWriteItem',
      'ConditionCheckItem',
      'GetItem',
      'PutItem',
      'Query',
      'UpdateItem',
    ]);
    expect(actionsOf(/^ClosePlanShards/)).toEqual(['GetItem', 'Query']);
    expect(actionsOf(/^Close(ScoreShard|Merge)/)).toEqual([...read, 'BatchWriteItem'].toSorted());
    expect(actionsOf(/^CloseFollowUpShard/)).toEqual([...read, 'PutItem'].toSorted());
    expect(actionsOf(/^ClosePublish/)).toEqual(['GetItem', 'PutItem', 'Query', 'UpdateItem']);
    expect(actionsOf(/^CloseRecordFailure/)).toEqual(['GetItem', 'PutItem']);
    expect(actionsOf(/^JobsWork/)).toEqual([...read, 'PutItem', 'UpdateItem'].toSorted());
    expect(actionsOf(/^JobsRecordJobFailure/)).toEqual(['GetItem', 'PutItem', 'UpdateItem']);
    expect(actionsOf(/^Mailer/)).toEqual([...read, 'UpdateItem']);
    expect(new Set(table.map(({ role }) => role)).size).toBe(12);
  });

  it('are on the table and on indexes by name', () => {
    const resources = new Set(
      permissions.filter(({ action }) => action.startsWith('dynamodb:')).map(({ resource }) => resource),
    );

    for (const resource of resources) {
      expect(resource).toMatch(
        /^<kinerja-test-data:ExportsOutputFnGetAttDataTable[^>]*Arn[^>]*>(\/index\/gsi[123])?$/,
      );
    }
    expect(resources.size).toBe(4);
  });

  it('query the indexes that the function reads, and no other', () => {
    const indexes = permissions
      .filter(({ action, resource }) => action === 'dynamodb:Query' && resource.includes('/index/'))
      .map(({ role, resource }) => [role.replace(/Role.*/, ''), resource.replace(/^.*\//, '')].join(' '));

    expect(indexes.toSorted()).toEqual([
      'Graphql gsi1',
      'Graphql gsi2',
      'Graphql gsi3',
      'JobsWorkFunction gsi1',
      'JobsWorkFunction gsi2',
      'MailerSender gsi1',
      'ScheduleStarter gsi2',
    ]);
  });

  it('are on everything only where AWS knows no resource', () => {
    const actions = permissions.filter(({ resource }) => resource === '*').map(({ action }) => action);

    for (const action of actions)
      expect(action).toMatch(/^(xray:(Put|GetSampling)|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/);
  });

  it('let the endpoint alone handle files, below the prefixes of the file store, and jobs store exports', () => {
    const onFiles = permissions
      .filter(({ action }) => action.startsWith('s3:'))
      .map(({ role, action, resource }) => [
        role.replace(/Role.*/, ''),
        action,
        resource.replace(/^<kinerja-test-data:ExportsOutputFnGetAttFiles[^>]*Arn[^>]*>/, ''),
      ]);
    const below = (action: string, ...prefixes: string[]) =>
      prefixes.map((prefix) => ['Graphql', action, `/${prefix}/*`]);

    expect(onFiles.toSorted()).toEqual(
      [
        ...below('s3:GetObject', 'incoming', 'evidence', 'exports'),
        ...below('s3:PutObject', 'incoming', 'evidence'),
        ...below('s3:DeleteObject', 'evidence'),
        ['Graphql', 's3:ListBucket', ''],
        ['JobsWorkFunction', 's3:GetObject', '/exports/*'],
        ['JobsWorkFunction', 's3:PutObject', '/exports/*'],
        ['JobsWorkFunction', 's3:AbortMultipartUpload', '/exports/*'],
        ['JobsWorkFunction', 's3:ListBucket', ''],
      ].toSorted(),
    );
  });

  it('have a wildcard in a resource elsewhere only for the executions of the state machine', () => {
    const wildcards = permissions.filter(
      ({ action, resource }) => !action.startsWith('s3:') && resource.includes('*') && resource !== '*',
    );

    expect(wildcards.length).toBeGreaterThan(0);
    for (const { role, action, resource } of wildcards) {
      expect(role).toMatch(/^CloseMachineRole/);
      expect(action).toMatch(/^states:(Describe|Stop|Redrive)Execution$/);
      expect(resource).toMatch(/:execution:.*CloseMachine.*:\*$/);
    }
  });

  it('let the endpoint start jobs and nothing else', () => {
    const started = permissions.filter(
      ({ role, action }) => role.startsWith('Graphql') && action.startsWith('states:'),
    );

    expect(started).toEqual([
      expect.objectContaining({
        action: 'states:StartExecution',
        resource: expect.stringContaining('JobsMachine'),
      }),
    ]);
  });

  it('let the starter start and list executions of this state machine and of nothing else', () => {
    const started = permissions.filter(
      ({ role, action }) => role.startsWith('ScheduleStarter') && action.startsWith('states:'),
    );

    const resource = `<${resourceOf(close, 'AWS::StepFunctions::StateMachine').logicalId}>`;
    expect(started).toEqual([
      expect.objectContaining({ action: 'states:ListExecutions', resource }),
      expect.objectContaining({ action: 'states:StartExecution', resource }),
    ]);
  });
});

describe('after a restore', () => {
  const restored = synthesise({ settings: { restoredTable: 'kinerja-restored' } });

  it('the functions use the restored table, and the stack keeps its own', () => {
    const users = [
      ...resourcesOf(restored.jobs, 'AWS::Lambda::Function'),
      ...resourcesOf(restored.api, 'AWS::Lambda::Function'),
      ...resourcesOf(restored.close, 'AWS::Lambda::Function'),
    ];
    const resources = new Set(
      permissionsOf(restored)
        .filter(({ action }) => action.startsWith('dynamodb:'))
        .map(({ resource }) => resource.replace(/^.*:table\//, '')),
    );

    for (const user of users) {
      expect(user.Properties).toMatchObject({
        Environment: { Variables: { TABLE_NAME: 'kinerja-restored' } },
      });
    }
    expect([...resources].toSorted()).toEqual([
      'kinerja-restored',
      'kinerja-restored/index/gsi1',
      'kinerja-restored/index/gsi2',
      'kinerja-restored/index/gsi3',
    ]);
    expect(resourcesOf(restored.data, 'AWS::DynamoDB::GlobalTable')).toHaveLength(1);
  });
});

describe('the ops stack', () => {
  const alarms = new Map(
    resourcesOf(ops, 'AWS::CloudWatch::Alarm').map((alarm) => [
      alarm.Properties?.['AlarmName'],
      alarm.Properties,
    ]),
  );
  const topic = resourceOf(ops, 'AWS::SNS::Topic');

  it('has an alarm for each thing that goes wrong, heard through the topic', () => {
    expect([...alarms.keys()]).toEqual([
      'kinerja-test-close-failed',
      'kinerja-test-period-overdue',
      'kinerja-test-dead-letters',
      'kinerja-test-graphql-errors',
      'kinerja-test-masked-errors',
      'kinerja-test-starter-errors',
      'kinerja-test-step-errors',
      'kinerja-test-audit-broken',
      'kinerja-test-job-failed',
      'kinerja-test-background-throttles',
      'kinerja-test-mail-errors',
      'kinerja-test-mails-given-up',
      'kinerja-test-graphql-slow',
      'kinerja-test-lambda-throttles',
      'kinerja-test-dynamodb-throttles',
      'kinerja-test-schedule-silent',
    ]);
    for (const alarm of alarms.values())
      expect(alarm).toMatchObject({ AlarmActions: [{ Ref: topic.logicalId }] });
    // A topic with a policy of its own lets in nobody else, not even the alarms.
    expect(resourceOf(ops, 'AWS::SNS::TopicPolicy').Properties).toMatchObject({
      Topics: [{ Ref: topic.logicalId }],
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: topic.logicalId },
          }),
        ]),
      },
    });
    expect(resourceOf(ops, 'AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.go.id',
    });
  });

  it('imports nothing, so that what it watches may go with a later version', () => {
    expect(JSON.stringify(ops)).toContain('Fn::GetStackOutput');
    expect(JSON.stringify(ops)).not.toContain('Fn::ImportValue');
  });

  it('has a dashboard', () => {
    expect(resourceOf(ops, 'AWS::CloudWatch::Dashboard').Properties).toMatchObject({
      DashboardName: 'kinerja-test',
    });
  });
});

describe('the checks of cdk-nag', () => {
  it('run in every synthesis: what breaks one of their rules cannot be deployed', () => {
    const attempt = () => synthesise({ change: ({ ops: stack }) => void new Queue(stack, 'Unsafe') });

    expect(attempt).toThrow('AwsSolutions-SQS4');
  });
});
