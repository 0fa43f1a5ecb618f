import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Rejection } from '../../functions/domain/problem.ts';
import { employee, hrAdmin, nobody, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';

const SECRET = 'nip 198001012005011001 table kinerja-prod arn:aws:dynamodb';

class DriverError extends Error {
  override readonly name = 'DriverError';
}

let api: EndpointUnderTest;
let failing = false;
beforeAll(async () => {
  api = await endpointUnderTest({
    around: (store) => ({
      ...store,
      organisation: {
        ...store.organisation,
        load: async () => {
          if (failing) throw new DriverError(SECRET, { cause: new TypeError(SECRET) });
          return store.organisation.load();
        },
      },
      commit: async (intent, writes) => {
        if (failing) throw new DriverError(SECRET);
        return store.commit(intent, writes);
      },
    }),
  });
  failing = true;
});
afterAll(() => api.drop());

describe('what the service did not expect', () => {
  test.each([
    ['a query', hrAdmin, '{ units { id } }'],
    ['a field of the public', nobody, '{ unit(code: "D") { name } }'],
    [
      'a mutation',
      hrAdmin,
      'mutation { createUnit(input: { code: "A", name: "A", kind: "A" }) { unit { id } userErrors { code } } }',
    ],
    [
      'a commit',
      hrAdmin,
      'mutation { addInstrument(input: { id: "a", name: { id: "A", en: "A" }, items: [{ id: "A", text: { id: "A", en: "A" } }] }) { userErrors { code } } }',
    ],
  ])('%s tells nothing but a reference', async (_, who, query) => {
    const answer = await send(api.handler, who, query, {}, { language: 'en' });

    expect(answer.codes).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(answer.text).not.toMatch(/nip|1980|arn|DriverError|TypeError|stack|\.ts/);
    expect(answer.errors[0]?.extensions.correlationId).toBe(answer.headers['x-correlation-id']);
    expect(answer.errors[0]?.message).toBe(
      'Something went wrong in the system; give this reference to the operator.',
    );
  });

  test('leaves the rest of an answer as it is', async () => {
    const { data, codes, errors } = await send(
      api.handler,
      employee,
      '{ viewer { id } unit(code: "D") { id } }',
    );
    expect(data).toEqual({ viewer: { id: employee.staffId }, unit: null });
    expect(codes).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(errors[0]?.path).toEqual(['unit']);
  });

  test('is in the log by kind and place, without its words and without who asked', async () => {
    vi.stubEnv('LOG_LEVEL', 'INFO');
    // Makes the logger write through the global console.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    vi.resetModules();
    const lines: string[] = [];
    const capture = (line: unknown) => void lines.push(String(line));
    const spies = (['info', 'error', 'log'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(capture),
    );
    const { logRequest } = await import('../../functions/graphql/log.ts');
    const { logUnexpected } = await import('../../functions/telemetry.ts');

    logUnexpected('c-1', new DriverError(SECRET, { cause: new TypeError(SECRET) }));
    logRequest({ operation: 'Units', field: 'units', correlationId: 'c-1', duration: 12, outcome: 'FAILED' });

    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
    const text = lines.join('\n');
    expect(text).toContain('DriverError');
    expect(text).toContain('TypeError');
    expect(text).toContain('masking.test');
    expect(text).not.toMatch(/1980|arn:aws/);
    expect(lines).toHaveLength(5);
    const [all, failed, unexpected] = lines.slice(2).map((line) => JSON.parse(line));
    expect(all).toMatchObject({ outcome: 'FAILED', Operations: 1, Duration: 12 });
    expect(all).not.toHaveProperty('operation');
    expect(failed).toMatchObject({ operation: 'units', outcome: 'FAILED', Operations: 1 });
    // The metric that the alarm masked-errors watches, with nothing but the function's name and stage.
    const { _aws: about, ...metric } = unexpected;
    expect(metric).toEqual({ service: 'kinerja', stage: 'demo', UnexpectedErrors: 1 });
    const [watched] = about.CloudWatchMetrics;
    expect(watched.Namespace).toBe('Kinerja');
    expect(watched.Dimensions.map((names: string[]) => names.toSorted())).toEqual([['service', 'stage']]);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      operation: 'Units',
      field: 'units',
      correlationId: 'c-1',
      duration: 12,
      outcome: 'FAILED',
    });
  });

  test('is told from what it did expect', async () => {
    expect(new Rejection([]).name).toBe('Rejection');
    failing = false;
    const { codes } = await send(api.handler, employee, '{ unit { id } }');
    expect(codes).toEqual(['REQUIRED']);
    failing = true;
  });
});
