import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createGraphqlClient,
  EndpointError,
  GraphqlRefusal,
  TokenError,
} from '../../infra/import/graphql-client.ts';
import { importFile } from '../../infra/import/import-file.ts';
import { KINDS, type KindName } from '../../infra/import/kinds.ts';
import {
  type Answer,
  type FakeEndpoint,
  type SeenRequest,
  startFakeEndpoint,
  written,
} from './fake-endpoint.ts';
import { createFolder, type Folder } from './files.ts';

let files: Folder;
let endpoint: FakeEndpoint | null = null;
beforeAll(async () => {
  files = await createFolder();
});
afterEach(async () => {
  await endpoint?.close();
  endpoint = null;
});
afterAll(() => files.remove());

const indicators = (count: number) =>
  `code,name,source,unitOfMeasure,polarity,buildUp,effectiveFrom\n${Array.from(
    { length: count },
    (_, at) => `K${at},Indicator ${at},SIPD,%,MAXIMIZE,LATEST,2026-01-01\n`,
  ).join('')}`;

const run = async (
  kind: KindName,
  content: string,
  answer: (request: SeenRequest, number: number) => Answer | Promise<Answer>,
  token = 'a-token',
) => {
  const fake = await startFakeEndpoint(answer);
  endpoint = fake;
  const retries: string[] = [];
  const client = createGraphqlClient({
    endpoint: fake.url,
    token,
    language: 'en',
    attempts: 4,
    firstPause: 1,
    longestPause: 20,
    onRetry: (reason) => retries.push(reason),
  });
  const file = await files.write(content);
  const report = importFile({
    kind: KINDS[kind],
    file,
    client,
    describe: ({ problem }) => problem.code,
    busyPause: 1,
  });
  const outcome = await report.catch((error: unknown) => error as Error);
  return { outcome, requests: fake.requests, retries };
};

const all = ({ rows }: SeenRequest) => written('importIndicators', rows.length);

describe('an import', () => {
  it('sends batches of at most 50 rows with token and language, and counts what was written', async () => {
    const { outcome, requests } = await run('indicators', indicators(120), all);
    expect(outcome).toMatchObject({
      lines: 120,
      rows: 120,
      imported: 120,
      unchanged: 0,
      rejected: 0,
      errors: [],
    });
    expect(requests.map(({ rows }) => rows.length).sort()).toEqual([20, 50, 50]);
    expect(requests[0]).toMatchObject({ language: 'en', authorization: 'Bearer a-token' });
  });

  it('tries again after 429, 5xx, a cut connection and a masked error, and gives up loudly', async () => {
    const masked = {
      body: { errors: [{ message: 'masked', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    };
    const failures: Answer[] = [{ status: 429, headers: { 'retry-after': '0' } }, { cut: true }, masked];
    const { outcome, retries } = await run(
      'indicators',
      indicators(1),
      (request, number) => failures[number - 1] ?? all(request),
    );
    expect(outcome).toMatchObject({ imported: 1 });
    expect(retries).toHaveLength(3);

    const never = await run('indicators', indicators(1), () => ({ status: 503 }));
    expect(never.outcome).toBeInstanceOf(EndpointError);
    expect(never.outcome).toMatchObject({ reason: 'HTTP 503', attempts: 4, unreachable: false });
    expect(never.requests).toHaveLength(4);

    const gone = await run('indicators', indicators(1), () => ({ cut: true }));
    expect(gone.outcome).toMatchObject({ name: 'ExhaustedError', attempts: 4, unreachable: true });
  });

  it('collects every row error with line and column, and goes on', async () => {
    const content = `${indicators(3)}K9,Bad,SIPD,%,UPWARDS,LATEST,2026-01-01\n`;
    const { outcome } = await run('indicators', content, ({ rows }) => ({
      body: {
        data: {
          importIndicators: {
            imported: rows.length - 1,
            unchanged: 0,
            userErrors: [
              { code: 'NOT_FOUND', message: 'no such unit', path: ['rows', '1', 'unitCode'] },
              { code: 'TOO_LONG', message: 'too long', path: ['rows', '1', 'name'] },
            ],
          },
        },
      },
    }));
    expect(outcome).toMatchObject({
      lines: 4,
      imported: 2,
      rejected: 2,
      errors: [
        { line: 3, column: 'name', code: 'TOO_LONG', message: 'too long' },
        { line: 3, column: 'unitCode', code: 'NOT_FOUND' },
        { line: 5, column: 'polarity', code: 'INVALID_FORMAT' },
      ],
    });
  });

  it('sends only the busy rows again', async () => {
    const { outcome, requests } = await run('indicators', indicators(3), ({ rows }, number) =>
      number > 1
        ? written('importIndicators', rows.length)
        : {
            body: {
              data: {
                importIndicators: {
                  imported: 2,
                  unchanged: 0,
                  userErrors: [{ code: 'BUSY', message: 'busy', path: ['rows', '2'] }],
                },
              },
            },
          },
    );
    expect(outcome).toMatchObject({ imported: 3, rejected: 0 });
    expect(requests[1]?.rows).toMatchObject([{ code: 'K2' }]);
  });

  it('takes a row out that GraphQL cannot read, and sends the others', async () => {
    const { outcome, requests } = await run('indicators', indicators(3), ({ rows }) =>
      rows.length < 3
        ? written('importIndicators', rows.length)
        : {
            status: 400,
            body: {
              errors: [
                {
                  message:
                    'Variable "$input" got invalid value "x" at "input.rows[1].effectiveFrom"; not a date',
                  extensions: { code: 'BAD_USER_INPUT' },
                },
              ],
            },
          },
    );
    expect(outcome).toMatchObject({
      imported: 2,
      rejected: 1,
      errors: [{ line: 3, column: 'effectiveFrom' }],
    });
    expect(requests[1]?.rows).toMatchObject([{ code: 'K0' }, { code: 'K2' }]);
  });

  it('says that a token has expired, or was refused, and does not try again', async () => {
    const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_000 })).toString('base64url');
    const expired = await run('indicators', indicators(1), () => ({ status: 401 }), `h.${claims}.s`);
    expect(expired.outcome).toBeInstanceOf(TokenError);
    expect(expired.outcome).toMatchObject({ expiredAt: new Date('2023-11-14T22:13:20Z') });
    expect(expired.requests).toHaveLength(1);
    const refused = await run('indicators', indicators(1), () => ({
      body: { errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] },
    }));
    expect(refused.outcome).toMatchObject({ name: 'TokenError', expiredAt: null });
  });

  it('stops when the service refuses as a whole, and changes nothing when the file is wrong', async () => {
    const forbidden = { code: 'FORBIDDEN', message: 'no right', path: [] };
    const refused = await run('indicators', indicators(60), () => ({
      body: { data: { importIndicators: { imported: 0, unchanged: 0, userErrors: [forbidden] } } },
    }));
    expect(refused.outcome).toBeInstanceOf(GraphqlRefusal);

    const broken = await run('indicators', `${indicators(60)}"open`, all);
    expect(broken.outcome).toMatchObject({ name: 'CsvSyntaxError' });
    expect(broken.requests).toHaveLength(0);
  });

  it('resumes by being run again: what is there is skipped, and said so', async () => {
    const known = new Set<string>();
    const remember = ({ rows }: SeenRequest): Answer => {
      const fresh = rows.filter(({ code }) => !known.has(String(code)));
      for (const { code } of fresh) known.add(String(code));
      return written('importIndicators', fresh.length, rows.length - fresh.length);
    };
    const content = indicators(130);
    const broken = await run('indicators', content, (request, number) =>
      number > 1 ? { status: 401 } : remember(request),
    );
    expect(broken.outcome).toBeInstanceOf(TokenError);
    await endpoint?.close();
    const resumed = await run('indicators', content, remember);
    expect(resumed.outcome).toMatchObject({ imported: 80, unchanged: 50, rejected: 0 });
  });
});

describe('the order of requests', () => {
  it('is kept for the same person, while others go at the same time, at most three', async () => {
    const days = Array.from({ length: 45 }, (_, at) =>
      new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(5, 10),
    );
    const content = `nip,kind,from\n${['A', 'A', 'B', 'C', 'D', 'A']
      .map((nip, at) => days.map((day) => `${nip},LEAVE,${2021 + at}-${day}\n`).join(''))
      .join('')}`;
    let running = 0;
    let most = 0;
    const ofA: string[] = [];
    let aRunning = 0;
    const { outcome } = await run('absences', content, async ({ rows }) => {
      const isA = rows[0]?.nip === 'A';
      running++;
      most = Math.max(most, running);
      if (isA) {
        expect(++aRunning).toBe(1);
        ofA.push(String(rows[0]?.from).slice(0, 4));
      }
      await new Promise((settle) => setTimeout(settle, 15));
      running--;
      if (isA) aRunning--;
      return written('importAbsences', rows.length);
    });
    expect(outcome).toMatchObject({ imported: 270 });
    expect(ofA).toEqual(['2021', '2022', '2026']);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('sends the stays of one person apart, the earlier first', async () => {
    const stay = (nip: string, from: string) => `${nip},A,PNS,U,Staf,PELAKSANA,${from}\n`;
    const content = `nip,name,employment,unitCode,position,jobGroup,from\n${stay('1', '2025-01-01')}${stay('2', '2025-01-01')}${stay('1', '2026-01-01')}${stay('3', '2025-01-01')}`;
    const { requests } = await run('staff', content, ({ rows }) => written('importStaff', rows.length));
    expect(requests.map(({ rows }) => rows.map(({ nip, from }) => [nip, from]))).toEqual([
      [
        ['1', '2025-01-01'],
        ['2', '2025-01-01'],
      ],
      [
        ['1', '2026-01-01'],
        ['3', '2025-01-01'],
      ],
    ]);
  });

  it('is that of the file for units, since children follow their parents', async () => {
    const content = `code,name,kind\n${Array.from({ length: 150 }, (_, at) => `U${at},Unit,DINAS\n`).join('')}`;
    const { requests } = await run('units', content, async ({ rows }) => {
      await new Promise((settle) => setTimeout(settle, 5));
      return written('importUnits', rows.length);
    });
    expect(requests.map(({ rows }) => rows[0]?.code)).toEqual(['U0', 'U50', 'U100']);
  });
});

describe('the address', () => {
  it('is https, or this machine: a token does not travel in the clear', () => {
    const client = (address: string) => () =>
      createGraphqlClient({ endpoint: address, token: 't', language: 'id' });
    expect(client('http://kinerja.example.id/graphql')).toThrow(EndpointError);
    expect(client('kinerja')).toThrow(EndpointError);
    expect(client('https://kinerja.example.id/graphql')).not.toThrow();
  });
});
