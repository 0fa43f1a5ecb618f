/**
 * `npm run release:record`: writes down what this version promises to those after it, under the version of package.json: the
 * contract, stored items of every kind, and a small region before and after a close. They come from the demo region and from
 * made-up values, so that nothing personal is in them.
 */
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openPeriod, planPeriod } from '../../functions/domain/period/period.ts';
import { createStore } from '../../functions/store/create-store.ts';
import type { Store } from '../../functions/store/store.ts';
import { synthesiseTable } from '../../infra/close-definition.ts';
import { loadDemo } from '../../infra/local/demo/load-demo.ts';
import { startRuntime } from '../../infra/local/runtime.ts';
import { createTable } from '../../infra/local/table.ts';
import packageJson from '../../package.json' with { type: 'json' };
import * as an from '../store/examples.ts';
import { KECAMATAN } from '../workflow/kecamatan.ts';
import { execute } from '../workflow/machine.ts';
import { seedRegion } from '../workflow/region.ts';
import { readTable } from '../workflow/table-state.ts';
import { itemKinds } from './item-kinds.ts';
import { type Item, textOf } from './stored-items.ts';

/** Examples of a kind that are kept: the shortest and the longest. */
const examplesOf = (items: readonly Item[]): readonly Item[] => {
  const bySize = items.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
  return [...new Set([bySize.at(0), bySize.at(-1)])].filter((item) => item !== undefined);
};

/** What the demo region has none of. */
async function seedTheRest(store: Store): Promise<void> {
  const address = an.address();
  const period = openPeriod(planPeriod('2026-Q1', '2026-04-05T17:00:00.000Z', 420));
  await store.commit(an.intent(), [store.periods.save(null, period)]);
  const place = { periodId: '2026-Q1', version: 0 };
  await store.commit(an.intent({ idempotency: { key: 'k-1', inputHash: 'hash', ref: 's-1' } }), [
    store.instruments.add(an.instrument()),
    store.staff.save(null, an.staff({ assignments: [an.assignment({ assessorId: 's-chief' })] })),
    store.objections.saveVerdict(address, null, {
      ...place,
      staffId: 's-1',
      objectionId: '2026-Q1:1:s-1',
      workResult: null,
      behaviour: 'ABOVE',
      innovation: null,
    }),
    store.peers.saveDecline(address, {
      ...place,
      rateeId: 's-1',
      raterId: 's-2',
      reason: 'Tidak bekerja sama',
    }),
    store.planDrafts.save(null, {
      planId: 's-1:2026',
      side: 'OWNER',
      lines: [],
      equalWeights: false,
      expectations: null,
      attachments: null,
      reason: null,
      savedAt: an.AT,
      open: true,
      version: 0,
    }),
    store.satisfaction.issue(
      {
        id: 'b-1',
        purpose: {
          kind: 'CONTACT',
          staffId: 's-1',
          periodId: '2026-Q1',
          instrumentId: 'berakhlak',
          instrumentVersion: 1,
        },
        count: 1,
        issuedAt: null,
        voided: null,
        version: 0,
      },
      ['0f'.repeat(32)],
      1_800_000_000,
    ),
    store.notices.add({ kind: 'FILE_READY', to: [{ kind: 'UNIT_ALONE', unitId: 'u-1' }], refs: {} }),
  ]);
  await store.commit(an.intent(), [
    store.forum.saveTopic(null, {
      id: 't-1',
      unitId: 'u-1',
      title: 'Antrean',
      text: 'Bagaimana antrean dapat dipersingkat?',
      authorId: 's-1',
      at: an.AT,
      answer: null,
      subject: { kind: 'GENERAL' },
      hidden: null,
      version: 0,
    }),
    store.guidance.save(null, {
      id: 's-1:COUNSELLING:2026-04-02:g-1',
      staffId: 's-1',
      kind: 'COUNSELLING',
      method: null,
      heldOn: '2026-04-02',
      unitId: 'u-1',
      givenById: 's-chief',
      planId: null,
      lineId: null,
      value: null,
      issue: 'Sering terlambat',
      discussion: 'Jadwal disesuaikan',
      actions: [],
      followUpOn: '2026-05-02',
      acknowledged: null,
      followUp: null,
      version: 0,
    }),
  ]);
  await store.commit(an.intent(), [
    store.instruments.retire(an.instrument().id, 'overall'),
    store.forum.savePost(null, {
      topicId: 't-1',
      id: 'p-1',
      text: 'Dengan nomor antrean',
      authorId: 's-2',
      at: an.AT,
      hidden: null,
      version: 0,
    }),
  ]);
  await store.peers.saveDrawProgress('2026-Q1', await store.peers.drawProgress('2026-Q1'));
  await store.notices.markAllRead('s-1', an.AT);
}

const runtime = await startRuntime();
try {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...runtime.database, credentials: runtime.database }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const itemsOf = async (tableName: string): Promise<readonly Item[]> =>
    [...(await readTable({ client, tableName })).values()].map(({ item }) => item);
  const rest = 'release-rest';
  await createTable(runtime.database, synthesiseTable(rest));
  await seedTheRest(createStore({ client, tableName: rest }));
  await loadDemo(runtime);
  await runtime.runScheduleOnce();
  const all = [...(await itemsOf(runtime.tableName)), ...(await itemsOf(rest))];
  const missing = itemKinds.filter(({ fits }) => !all.some(fits)).map(({ kind }) => kind);
  if (missing.length > 0) throw new Error(`seedTheRest writes no item of the kind ${missing.join(', ')}`);
  const items = new Set(itemKinds.flatMap(({ fits }) => examplesOf(all.filter(fits))));

  const region = 'release-region';
  await createTable(runtime.database, synthesiseTable(region));
  const deps = { store: createStore({ client, tableName: region }), now: () => '2026-04-05T17:00:03.000Z' };
  await seedRegion(deps.store, KECAMATAN);
  const open = await itemsOf(region);
  await execute(deps, { periodId: KECAMATAN.periodId, attempt: 1 });
  const published = await itemsOf(region);

  const { version } = packageJson;
  await mkdir(new URL('./fixtures/', import.meta.url), { recursive: true });
  await writeFile(
    new URL(`./fixtures/${version}.json`, import.meta.url),
    textOf({ items: [...items], open, published }),
  );
  const contracts = new URL('../../schema/', import.meta.url);
  await copyFile(new URL('schema.graphql', contracts), new URL(`released/${version}.graphql`, contracts));
  console.log(
    `Recorded ${version}: ${items.size} items of ${itemKinds.length} kinds, and a region of ${published.length}.`,
  );
  client.destroy();
} finally {
  await runtime.close();
}
