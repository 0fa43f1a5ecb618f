/**
 * Whether the time of an answer tells a code that was used, that is good elsewhere or that is nearly good from one that never was.
 * Through the endpoint and DynamoDB Local, in random order; and whether each asks the table for the same.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SURVEY_ELEMENTS } from '../../../functions/domain/satisfaction/survey-questions.ts';
import { createEndpoint } from '../../../functions/graphql/endpoint.ts';
import { createStore } from '../../../functions/store/create-store.ts';
import { createFiles } from '../../../functions/store/s3-files.ts';
import { importedId, newId } from '../../../functions/usecases/new-id.ts';
import { synthesiseTable } from '../../../infra/close-definition.ts';
import { startDynamoDbLocal } from '../../../infra/local/dynamodb-local.ts';
import { createTable } from '../../../infra/local/table.ts';
import { type Caller, caller, hrAdmin, nobody, send } from '../../api/endpoint-client.ts';
import { type Finding, finding, type TrustOptions } from '../finding.ts';
import { drawFrom } from '../hostile/documents.ts';

/** Tries of each kind. */
const TRIES = 300;
const NOW = '2026-03-10T02:00:00.000Z';
const TABLE = 'trust-timing';
/** Chance of an alarm by accident over all kinds; each kind is asked for its part of it. */
const ACCIDENT = 0.001;

interface Outcome {
  readonly campaign?: { readonly id: string } | null;
  readonly batchId?: string | null;
  readonly codes?: readonly { readonly code: string }[] | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

export async function check({ seed }: TrustOptions): Promise<readonly Finding[]> {
  const database = await startDynamoDbLocal();
  try {
    await createTable(database, synthesiseTable(TABLE));
    const { endpoint, region, accessKeyId, secretAccessKey } = database;
    const aws = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
      marshallOptions: { removeUndefinedValues: true },
    });
    const asked: string[] = [];
    client.middlewareStack.add(
      (next, { commandName }) =>
        (args) => {
          asked.push(commandName ?? '');
          return next(args);
        },
      { step: 'initialize', name: 'asked' },
    );
    const handler = createEndpoint(
      {
        store: createStore({ client, tableName: TABLE }),
        files: createFiles({ client: new S3Client(aws), bucket: 'none' }),
        jobs: { start: async () => undefined },
        now: () => NOW,
        newId,
      },
      'prod',
    );
    const change = async (who: Caller | null, name: string, input: object, fields = ''): Promise<Outcome> => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { outcome: ${name}(input: $input) { ${fields} userErrors { code message } } }`;
      const { data, text } = await send<{ outcome?: Outcome }>(handler, who, query, { input });
      if (data.outcome === undefined) throw new Error(`${name}: ${text}`);
      return data.outcome;
    };
    const done = async (...call: Parameters<typeof change>): Promise<Outcome> => {
      const outcome = await change(...call);
      if (outcome.userErrors.length > 0) throw new Error(`${call[1]}: ${JSON.stringify(outcome.userErrors)}`);
      return outcome;
    };
    const { surveys, contacts } = await prepare(done);
    const draw = drawFrom(seed);
    const answers = SURVEY_ELEMENTS.map((element) => ({ element, score: 3 }));
    const redemptions: readonly Redemption[] = [
      {
        of: "a survey's code",
        kinds: kindsOf(surveys, draw),
        redeem: (code) => change(nobody, 'answerSurvey', { campaignId: surveys.campaignId, code, answers }),
      },
      {
        of: 'a code to rate a person',
        kinds: kindsOf(contacts, draw),
        redeem: (code) => change(nobody, 'rateContact', { code, scores: SCORES }),
      },
    ];
    const findings: Finding[] = [];
    for (const { of, kinds, redeem } of redemptions) {
      const names = Object.keys(kinds);
      const times = new Map(names.map((name) => [name, [] as number[]]));
      const seen = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));
      for (let round = -30; round < TRIES; round += 1) {
        for (const name of names.toSorted(() => draw(3) - 1)) {
          const code = kinds[name]?.() ?? '';
          asked.length = 0;
          const begun = performance.now();
          const outcome = await redeem(code);
          const took = performance.now() - begun;
          seen.get(name)?.add(`${JSON.stringify(outcome)} after ${asked.join(', ')}`);
          if (round >= 0) times.get(name)?.push(took);
        }
      }
      findings.push(...findingsOf(of, times, seen));
    }
    return findings;
  } finally {
    await database.close();
  }
}

interface Redemption {
  readonly of: string;
  /** A code of each kind, drawn anew. */
  readonly kinds: Readonly<Record<string, () => string>>;
  readonly redeem: (code: string) => Promise<Outcome>;
}

/** Codes by why they are refused, and good ones, which are never given. */
interface Codes {
  readonly good: readonly string[];
  readonly refused: Readonly<Record<string, readonly string[]>>;
}

function kindsOf({ good, refused }: Codes, draw: (below: number) => number): Redemption['kinds'] {
  const of = (codes: readonly string[]) => () => codes[draw(codes.length)] ?? '';
  const random = of(good);
  const other = (digit: string): string => (digit === '7' ? '8' : '7');
  return {
    unknown: () => [...random()].map((digit) => (/\w/.test(digit) ? String(draw(10)) : digit)).join(''),
    ...Object.fromEntries(Object.entries(refused).map(([name, codes]) => [name, of(codes)])),
    'good but for its last digit': () => random().replace(/.$/, other),
    'good but for its first digit': () => random().replace(/^./, other),
  };
}

const PERIOD = '2026-03';
const SCORES = [
  'SERVICE',
  'ACCOUNTABLE',
  'COMPETENT',
  'HARMONIOUS',
  'LOYAL',
  'ADAPTIVE',
  'COLLABORATIVE',
].map((itemId) => ({ itemId, score: 4 }));

/** A campaign with codes that are good, used and void, another campaign with its own, and a nurse whom patients may rate. */
async function prepare(
  done: (who: Caller | null, name: string, input: object, fields?: string) => Promise<Outcome>,
): Promise<{ readonly surveys: Codes & { readonly campaignId: string }; readonly contacts: Codes }> {
  const [nip, nurseNip] = ['198001012005011001', '199001012015012002'];
  const unit = { code: 'P', name: 'Puskesmas', kind: 'PUSKESMAS' };
  await done(hrAdmin, 'importUnits', { rows: [unit] });
  const person = {
    nip,
    name: 'Ani',
    employment: 'PNS',
    unitCode: 'P',
    position: 'Kepala',
    jobGroup: 'a',
    from: '2025-01-01',
  };
  await done(hrAdmin, 'importStaff', {
    rows: [person, { ...person, nip: nurseNip, name: 'Budi', position: 'Perawat' }],
  });
  await done(hrAdmin, 'importUnits', { rows: [{ ...unit, headNip: nip, headFrom: '2025-01-01' }] });
  await done(hrAdmin, 'planPeriod', { id: PERIOD });
  await done(hrAdmin, 'openPeriod', { id: PERIOD, version: 1 });
  const head = caller(importedId('s', nip));
  const campaign = async (): Promise<string> => {
    const terms = {
      unitId: importedId('u', 'P'),
      service: { id: 'Rawat jalan', en: 'Outpatient care' },
      opens: '2026-03-05',
      closes: '2026-03-20',
    };
    return (await done(head, 'createSurveyCampaign', terms, 'campaign { id }')).campaign?.id ?? '';
  };
  const issue = async (name: string, input: object) => {
    const { batchId, codes } = await done(head, name, { ...input, count: 40 }, 'batchId codes { code }');
    return { batchId, codes: (codes ?? []).map(({ code }) => code) };
  };
  const ofSurvey = (campaignId: string) => issue('issueSurveyCodes', { campaignId });
  const contact = { staffId: importedId('s', nurseNip), periodId: PERIOD, instrumentId: 'berakhlak' };
  const ofContact = () => issue('issueContactCodes', contact);

  const campaignId = await campaign();
  const [good, used, voided, unused] = [
    await ofSurvey(campaignId),
    await ofSurvey(campaignId),
    await ofSurvey(campaignId),
    await ofSurvey(await campaign()),
  ];
  const answers = SURVEY_ELEMENTS.map((element) => ({ element, score: 3 }));
  for (const code of used.codes) await done(nobody, 'answerSurvey', { campaignId, code, answers });
  await done(head, 'voidSurveyCodes', { batchId: voided.batchId, reason: 'Lembar hilang' });

  const [contacts, rated] = [await ofContact(), await ofContact()];
  for (const code of rated.codes) await done(nobody, 'rateContact', { code, scores: SCORES });
  return {
    surveys: {
      campaignId,
      good: good.codes,
      refused: {
        used: used.codes,
        void: voided.codes,
        'good elsewhere': unused.codes,
        "a person's": contacts.codes,
      },
    },
    contacts: {
      good: contacts.codes,
      refused: { used: rated.codes, void: voided.codes, "a survey's": good.codes },
    },
  };
}

/** @param of whose codes */
export function findingsOf(
  of: string,
  times: ReadonlyMap<string, readonly number[]>,
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Finding[] {
  const unknown = times.get('unknown') ?? [];
  const others = [...times].filter(([name]) => name !== 'unknown');
  const compared = others.map(([name, took]) => ({
    name,
    median: medianOf(took),
    p: rankTest(unknown, took),
  }));
  const tried = { count: [...times.values()].reduce((sum, took) => sum + took.length, 0), of: 'redemptions' };
  const [expected] = seen.get('unknown') ?? [];
  return [
    finding(
      `time of refusing ${of}, by why`,
      tried,
      'kinds told by their time',
      compared
        .filter(({ p }) => p < ACCIDENT / others.length)
        .map(({ name, median, p }) => `${name}: median ${median.toFixed(2)} ms, p ${p.toExponential(1)}`),
      `medians: unknown ${medianOf(unknown).toFixed(2)} ms, ${compared.map(({ name, median, p }) => `${name} ${median.toFixed(2)} (p ${p.toFixed(2)})`).join(', ')}`,
    ),
    finding(
      `what is answered and asked of the table, ${of}`,
      tried,
      'differences',
      [...seen].flatMap(([name, ways]) =>
        [...ways].filter((way) => way !== expected).map((way) => `${name}: ${way}`),
      ),
      expected?.replace(/^.* after /, ''),
    ),
  ];
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Two-sided p of the Mann-Whitney test, by its normal approximation: are values of one sample larger than those of the other? */
export function rankTest(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, first: true })), ...b.map((value) => ({ value, first: false }))];
  all.sort((x, y) => x.value - y.value);
  let ranks = 0;
  for (let at = 0; at < all.length; ) {
    let end = at;
    while (end < all.length && all[end]?.value === all[at]?.value) end += 1;
    // Equal values share the mean of their places.
    for (let tied = at; tied < end; tied += 1) if (all[tied]?.first) ranks += (at + 1 + end) / 2;
    at = end;
  }
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  const z = Math.abs(u - (a.length * b.length) / 2) / spread;
  return 2 * (1 - normal(z));
}

/** Distribution function of the standard normal (Abramowitz and Stegun 26.2.17; off by less than 7.5e-8). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
