import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { StageSettings } from './settings.ts';

/** The groups that give a role beyond STAFF; the access policy maps each to its role. */
const GROUPS = {
  hr_admin: 'Kepegawaian: staff, units, periods and policy',
  planner: 'Bappeda and organisasi: goals, indicators and agreements',
  auditor: 'Inspektorat: reads everything and the audit trail',
};

/** Who may sign in: the user pool, its groups, and the client of the apps. The username is the staff id, never a NIP. */
export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: true,
      standardAttributes: { email: { required: false, mutable: true } },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      ...(settings.threatProtection
        ? {
            featurePlan: FeaturePlan.PLUS,
            standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
          }
        : { featurePlan: FeaturePlan.LITE }),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason: 'Not every civil servant has a phone for work, so that a second factor is theirs to add.',
    });
    if (!settings.threatProtection) {
      Validations.of(this.pool).acknowledge({
        id: 'AwsSolutions-COG8',
        reason: 'The Plus plan is priced by active user; a region turns it on with "threatProtection".',
      });
    }
    for (const [groupName, description] of Object.entries(GROUPS)) {
      this.pool.addGroup(groupName, { groupName, description });
    }
    this.client = this.pool.addClient('Apps', {
      generateSecret: false,
      disableOAuth: true,
      // The second needs AWS credentials too: an operator's command line can sign in, a browser cannot.
      authFlows: { userSrp: true, adminUserPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(settings.accessTokenMinutes),
      idTokenValidity: Duration.minutes(settings.accessTokenMinutes),
      refreshTokenValidity: Duration.days(settings.refreshTokenDays),
    });
  }

  /** The issuer that an access token must name. */
  get issuer(): string {
    return `https://cognito-idp.${Stack.of(this.pool).region}.amazonaws.com/${this.pool.userPoolId}`;
  }
}
