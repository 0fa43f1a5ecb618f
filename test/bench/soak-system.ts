/** The whole local system with its demo region in a process of its own, so that its memory is its own; `soak.ts` talks to it. */
import { clientOf, staffIds } from '../../infra/local/demo/demo-client.ts';
import { loadDemo } from '../../infra/local/demo/load-demo.ts';
import { people } from '../../infra/local/demo/people.ts';
import { startRuntime } from '../../infra/local/runtime.ts';

const SCHEDULE_SECONDS = 30;

/** What the system says when it is ready. */
export interface Ready {
  readonly graphqlUrl: string;
  readonly publicUrl: string;
  readonly users: readonly { readonly staffId: string; readonly token: string }[];
}

/** Bytes, after the garbage was collected. */
export interface Memory {
  readonly heapUsed: number;
  readonly rss: number;
}

const runtime = await startRuntime();
await loadDemo(runtime);
await runtime.runScheduleOnce();
const ids = await staffIds(await clientOf(runtime, 'soak', ['hr_admin']), people);
const roles = new Map(runtime.personas().map(({ username, groups }) => [username, groups]));
const users = await Promise.all(
  // Those with a role first: each kind of reader is among the users, however few they are.
  [...ids]
    .sort((a, b) => Number(roles.has(b)) - Number(roles.has(a)))
    .map(async (staffId) => ({
      staffId,
      token: await runtime.tokens.mint({ username: staffId, groups: roles.get(staffId) ?? [] }),
    })),
);
runtime.startSchedule(SCHEDULE_SECONDS, (error) => process.send?.({ failure: String(error) }));
process.on('message', (message) => {
  if (message === 'memory') {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.({ memory: { heapUsed, rss } satisfies Memory });
  } else void runtime.close().then(() => process.disconnect());
});
const { graphqlUrl, publicUrl } = runtime;
process.send?.({ ready: { graphqlUrl, publicUrl, users } satisfies Ready });
