import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AUDIENCE_ROLES, type AudienceRole } from '../functions/domain/notice/notice.ts';
import { GROUP_OF_ROLE } from '../functions/sign-in-groups.ts';
import type { ServiceFunction } from './service-function.ts';
import type { StageSettings } from './settings.ts';

/** What a role beyond STAFF is for; each has its group. */
const DESCRIPTIONS: Readonly<Record<AudienceRole, string>> = {
  HR_ADMIN: 'Kepegawaian: staff, units, periods and policy',
  PLANNER: 'Bappeda and organisasi: goals, indicators and agreements',
  AUDITOR: 'Inspektorat: reads everything and the audit trail',
};

const CODE = 'Kode Anda: {####}<br>Your code: {####}';
const INVITATION =
  'Nama pengguna: {username}<br>Kata sandi sementara: {####}<br><br>User name: {username}<br>Temporary password: {####}';

function emailThroughSes(
  { from, identity }: NonNullable<StageSettings['mail']>,
  sesRegion: string,
): UserPoolEmail {
  const [, fromName, inBrackets] = /^(.+) <(.+)>$/.exec(from) ?? [];
  return UserPoolEmail.withSES({
    fromEmail: inBrackets ?? from,
    ...(fromName !== undefined && { fromName }),
    sesRegion,
    ...(!identity.includes('@') && { sesVerifiedDomain: identity }),
  });
}

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
      userVerification: { emailSubject: 'Kode Kinerja / Kinerja code', emailBody: CODE },
      userInvitation: { emailSubject: 'Akun Kinerja / Kinerja account', emailBody: INVITATION },
      ...(settings.mail?.signInRegion !== undefined && {
        email: emailThroughSes(settings.mail, settings.mail.signInRegion),
      }),
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
    for (const role of AUDIENCE_ROLES) {
      const groupName = GROUP_OF_ROLE[role];
      this.pool.addGroup(groupName, { groupName, description: DESCRIPTIONS[role] });
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

  /** Lets a function ask who is in a group. */
  grantListUsersInGroup({ lambda }: ServiceFunction): void {
    lambda.addToRolePolicy(
      new PolicyStatement({ actions: ['cognito-idp:ListUsersInGroup'], resources: [this.pool.userPoolArn] }),
    );
  }

  /** The issuer that an access token must name. */
  get issuer(): string {
    return `https://cognito-idp.${Stack.of(this.pool).region}.amazonaws.com/${this.pool.userPoolId}`;
  }
}
