import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** Where the settings of every stage live. */
export const STAGES_FILE = new URL('./stages.json', import.meta.url);

/** CloudWatch Logs keeps a log group for one of these numbers of days and no other. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 3653,
];

const origin = z.string().refine(
  (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const local = url?.protocol === 'http:' && url.hostname === 'localhost';
    return url !== undefined && url.origin === text && (url.protocol === 'https:' || local);
  },
  { error: 'an origin is "https://host" without a path ("http://localhost:port" while developing)' },
);

const awsRegion = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'an AWS region such as "ap-southeast-3"');

const throttle = z.strictObject({
  /** Requests a second in the long run. */
  rate: z.number().positive(),
  /** Requests at one instant. */
  burst: z.int().positive(),
});

const stageSchema = z.strictObject({
  /** Public data stays in the country: Jakarta, unless a region has reasons. */
  region: awsRegion.default('ap-southeast-3'),
  /** Origins of the browser apps that may call the API; empty: none. */
  corsOrigins: z.array(origin),
  /** Who hears the alarms; each address confirms a mail from AWS once. Empty: nobody, and synth warns. */
  alarmEmails: z.array(z.email()),
  /** Limits of POST /graphql, for all signed-in users together. */
  graphqlThrottle: throttle.default({ rate: 200, burst: 400 }),
  /** Limits of POST /public, for all visitors together. */
  publicThrottle: throttle.default({ rate: 20, burst: 40 }),
  /** Shards that one close scores or ranks at the same time. */
  closeConcurrency: z.int().min(1).max(1000).default(20),
  /** Days that logs are kept. */
  logRetentionDays: z
    .int()
    .refine((days) => RETENTION_DAYS.includes(days), {
      error: `one of ${RETENTION_DAYS.join(', ')} days`,
    })
    .default(90),
  /** Lifetime of an access token, in minutes. */
  accessTokenMinutes: z.int().min(5).max(1440).default(60),
  /** Lifetime of a sign-in without a new password, in days. */
  refreshTokenDays: z.int().min(1).max(365).default(30),
  /** The slowest one in a hundred answers may take this long before an alarm, in milliseconds. */
  p99Milliseconds: z.int().min(100).max(28_000).default(3000),
  /** Cognito's Plus plan watches sign-ins for stolen passwords; priced by active user. */
  threatProtection: z.boolean().default(false),
  /** Mails about notices; left out: none are sent. */
  mail: z.optional(
    z.strictObject({
      /** `address` or `Name <address>`, of the identity. */
      from: z
        .string()
        .regex(
          /^(?:[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
          'an address, or "Name <address>"',
        ),
      /** The domain or address that is verified in SES. */
      identity: z.string().regex(/^[A-Za-z0-9.@_+-]+$/, 'a domain or an address'),
      /** Where people sign in; stands in the mails. */
      appUrl: z.optional(z.url({ protocol: /^https$/ })),
      /**
       * The region in whose SES the identity sends the user pool's codes and invitations too; left out: Cognito's own sender, which
       * takes 50 a day for everybody together.
       */
      signInRegion: z.optional(awsRegion),
    }),
  ),
  /** A table restored from a backup, used instead of the stack's own; see docs/operations.md. */
  restoredTable: z.optional(z.string().regex(/^[A-Za-z0-9_.-]{3,255}$/, 'the name of a DynamoDB table')),
});

/** The settings of one stage, as `infra/stages.json` gives them, with defaults filled in. */
export type StageSettings = Readonly<z.infer<typeof stageSchema>>;

const stagesSchema = z
  .record(z.string(), stageSchema)
  .refine((stages) => Object.keys(stages).every((stage) => /^[a-z][a-z0-9]{0,11}$/.test(stage)), {
    error: 'a stage name is 1 to 12 lower-case letters and digits',
  });

/** The settings that hold where a stage says nothing. */
export const DEFAULT_SETTINGS: StageSettings = stageSchema.parse({ corsOrigins: [], alarmEmails: [] });

/** The stage settings cannot be used; the message says where and why. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Checks the text of a stage settings file and returns the settings of one stage.
 * @throws SettingsError for text that is not JSON, for values that do not fit, and for an unknown stage
 */
export const parseStage = (text: string, stage: string, fileName = 'infra/stages.json'): StageSettings => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SettingsError(`${fileName} is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
  const stages = stagesSchema.safeParse(json);
  if (!stages.success) {
    throw new SettingsError(`${fileName} does not fit:\n${z.prettifyError(stages.error)}`);
  }
  const settings = stages.data[stage];
  if (settings === undefined) {
    const known = Object.keys(stages.data).join(', ') || 'none';
    throw new SettingsError(`${fileName} has no stage "${stage}"; it has: ${known}`);
  }
  return settings;
};

/** Reads one stage from `infra/stages.json`; see parseStage. */
export const readStage = (stage: string): StageSettings =>
  parseStage(readFileSync(STAGES_FILE, 'utf8'), stage);
