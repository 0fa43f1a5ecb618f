import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { FIRST_PREVIOUS_HASH } from '../../functions/store/audit-chain.ts';
import { follows, keyOf, textOf } from '../../functions/store/audit-store.ts';
import { createStore } from '../../functions/store/create-store.ts';
import { auditPartition, type Key } from '../../functions/store/keys.ts';
import type { Item } from '../../functions/store/table.ts';

/** What is wrong with a trail. */
export interface BrokenTrail {
  readonly entity: string;
  /** Sequence number of the first entry that does not fit; null: the entity has no trail at all. */
  readonly brokenAt: number | null;
}

/** What a verification of the whole table found. */
export interface TableReport {
  readonly trails: number;
  readonly entries: number;
  readonly broken: readonly BrokenTrail[];
}

/** A trail as far as it was read: its entries lie together and in order. */
interface Chain {
  entries: number;
  fits: boolean;
  hash: string;
  /** Digest of what the last entry says. */
  text: string;
  /** Where the entity lies; null: its name does not tell. */
  key: string | null;
}

/** An entity's head of the trail, and a digest of what it says. */
interface Head {
  readonly hash: string;
  readonly text: string;
}

const AUDIT = auditPartition('');

/**
 * Verifies every trail of a table: each chain is recomputed, its end compared with the entity, and each entity must have one.
 * For operators: it scans the table once, which no function may. What does not fit may only have been written meanwhile, so it
 * is verified by itself before it is called broken. Keeps some 200 bytes of each trail in memory.
 */
export async function verifyTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  onProgress: (entries: number) => void = () => undefined,
): Promise<TableReport> {
  const chains = new Map<string, Chain>();
  const heads = new Map<string, Head>();
  let entries = 0;
  for await (const page of scan(client, tableName)) {
    for (const item of page) {
      const pk = String(item['pk']);
      if (pk.startsWith(AUDIT)) {
        entries += 1;
        add(chains, pk.slice(AUDIT.length), item);
      } else if (item['auditHash'] !== undefined && item['version'] !== undefined) {
        // Copies of an entity in lists carry its hash, but not its version.
        heads.set(nameOf({ pk, sk: String(item['sk']) }), {
          hash: String(item['auditHash']),
          text: digestOf(item['body']),
        });
      }
    }
    onProgress(entries);
  }
  const { audit } = createStore({ client, tableName });
  const broken: BrokenTrail[] = [];
  for (const [entity, chain] of chains) {
    const head = chain.key === null ? undefined : heads.get(chain.key);
    if (chain.fits && head?.hash === chain.hash && head.text === chain.text) continue;
    const { brokenAt } = await audit.verify(entity);
    if (brokenAt !== null) broken.push({ entity, brokenAt });
  }
  const audited = new Set([...chains.values()].map(({ key }) => key));
  for (const key of heads.keys()) if (!audited.has(key)) broken.push({ entity: key, brokenAt: null });
  return { trails: chains.size, entries, broken: broken.toSorted((a, b) => (a.entity < b.entity ? -1 : 1)) };
}

function add(chains: Map<string, Chain>, entity: string, item: Item): void {
  const known = chains.get(entity);
  const chain = known ?? { entries: 0, fits: true, hash: FIRST_PREVIOUS_HASH, text: '', key: null };
  chain.entries += 1;
  chain.fits &&= follows(entity, item, chain.entries, chain.hash);
  chain.hash = String(item['hash']);
  chain.text = digestOf(item['after']);
  const key = keyOf(entity, item, null);
  chain.key = key && nameOf(key);
  if (known === undefined) chains.set(entity, chain);
}

async function* scan(client: DynamoDBDocumentClient, tableName: string): AsyncGenerator<readonly Item[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

const nameOf = ({ pk, sk }: Key): string => `${pk} / ${sk}`;

/** What cannot be unpacked fits nothing. */
function digestOf(body: unknown): string {
  try {
    return createHash('sha256').update(textOf(body)).digest('base64');
  } catch {
    return '';
  }
}
