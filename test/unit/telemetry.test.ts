import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const printed: string[] = [];
let observe: typeof import('../../functions/telemetry.ts').observe;
beforeEach(async () => {
  printed.length = 0;
  vi.stubEnv('LOG_LEVEL', 'DEBUG');
  // Makes the logger write through the global console.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.resetModules();
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...all: unknown[]) => void printed.push(all.join(' ')));
  ({ observe } = await import('../../functions/telemetry.ts'));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('what a workflow fails with leaves the function by its name alone, and the log has neither message nor cause', async () => {
  class MessageRejected extends Error {
    override readonly name = 'MessageRejected';
    readonly recipient = 'siti@contoh.go.id';
  }
  const cause = new Error('siti@contoh.go.id is not verified');
  const failed = Object.assign(new MessageRejected('refused: siti@contoh.go.id', { cause }), {
    $metadata: {},
  });
  const thrown: unknown = await observe('sendMails', 'mail-1', () => Promise.reject(failed)).catch(
    (error: unknown) => error,
  );

  expect(thrown).toBeInstanceOf(Error);
  if (!(thrown instanceof Error)) return;
  // All that Lambda's runtime logs of an error.
  const told = Object.fromEntries(
    Object.getOwnPropertyNames(thrown).map((name) => [name, Reflect.get(thrown, name)]),
  );
  expect(told).toEqual({ name: 'MessageRejected', message: 'MessageRejected', stack: 'MessageRejected' });
  expect(printed.join('\n')).toMatch(/"name": ?"MessageRejected"/);
  expect(printed.join('\n')).not.toContain('siti');
});

test('what is thrown and is no error has no name', async () => {
  await expect(observe('merge', 'close-1', () => Promise.reject('siti'))).rejects.toMatchObject({
    name: 'Error',
    message: 'Error',
  });
  expect(printed.join('\n')).not.toContain('siti');
});
