import { createHash } from 'node:crypto';
import type { Actor } from '../domain/access-policy.ts';
import { canonicalJson } from '../domain/canonical-json.ts';
import { Rejection, reject } from '../domain/problem.ts';
import { tidy } from '../domain/text.ts';
import type { Write } from '../store/contract/stored.ts';
import type { Intent, Replay } from '../store/store.ts';
import type { Capacity } from './authorise.ts';
import type { Deps } from './deps.ts';

/** A mutation as it was asked for. */
export interface Request {
  readonly actor: Actor;
  /** Name of the mutation, for example `moveUnit`. */
  readonly operation: string;
  /** The whole input; its hash tells a repetition from another use of the same key. */
  readonly input: { readonly idempotencyKey?: string | null | undefined };
  /** Why, as it was written; goes into the audit entries, tidied. `decide` says what may be written. */
  readonly reason?: string | null | undefined;
}

/** What a mutation comes to: the id of the entity it answers with, and what is to be written (nothing: nothing changes). */
export interface Effect {
  /** The role or relation in which the actor acts. */
  readonly as: Capacity;
  readonly ref: string;
  readonly writes: readonly Write[];
}

const LONGEST_KEY = 128;
const ATTEMPTS = 4;

/**
 * Runs a mutation at most once for each idempotency key: `authorise` says whether the actor may, `decide` loads the rest and
 * decides, one transaction writes, and `answer` reads the entity. A repetition with the same input writes nothing and is
 * answered with the same entity as it is now, to an actor who may still do what was done: the right can be lost meanwhile.
 * @param authorise throws what refuses the actor, and hands on to `decide` what it read
 * @throws Rejection IDEMPOTENCY_KEY_REUSED when the key came with another input or operation; INVALID_FORMAT for a key that is
 * empty or longer than 128; what
 * `authorise`, `decide` and the store reject
 */
export async function perform<Grant, Entity>(
  deps: Deps,
  request: Request,
  authorise: () => Promise<Grant>,
  decide: (grant: Grant) => Promise<Effect>,
  answer: (ref: string) => Promise<Entity>,
): Promise<Entity> {
  const { actor, operation } = request;
  const { idempotencyKey, ...input } = request.input;
  const key = idempotencyKey ?? null;
  if (key !== null && (key === '' || key.length > LONGEST_KEY))
    throw reject('INVALID_FORMAT', 'idempotencyKey', { expected: `1–${LONGEST_KEY}` });

  const inputHash = hashOf(operation, input);
  const findReplay = (): Promise<Replay | null> =>
    key === null ? Promise.resolve(null) : deps.store.findReplay(actor.id, key);

  let grant = await authorise();
  const earlier = await findReplay();
  if (earlier !== null) return answer(refOf(earlier, inputHash));
  for (let attempt = 1; ; attempt += 1) {
    let committing = false;
    try {
      const { as, ref, writes } = await decide(grant);
      if (writes.length > 0) {
        committing = true;
        const idempotency = key === null ? null : { key, inputHash, ref };
        const intent: Intent = {
          actor: { id: actor.id, role: as },
          at: deps.now(),
          operation,
          reason: tidy(request.reason ?? '') || null,
          idempotency,
        };
        await deps.store.commit(intent, writes);
      }
      return answer(ref);
    } catch (error) {
      // When the same mutation ran at the same time and won, what it did stands in the way here: it is its answer that counts.
      const winner = isReplay(error) || error instanceof Rejection ? await findReplay() : null;
      if (winner !== null) return answer(refOf(winner, inputHash));
      // Something else that it depends on changed meanwhile: look again, and let `decide` say whether it matters.
      if (!committing || attempt === ATTEMPTS || !isConflict(error)) throw error;
    }
    grant = await authorise();
  }
}

function refOf(replay: Replay, inputHash: string): string {
  if (replay.inputHash !== inputHash) throw reject('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
  return replay.ref;
}

function hashOf(operation: string, input: object): string {
  return createHash('sha256')
    .update(`${operation}\n${canonicalJson(input)}`)
    .digest('hex');
}

const isReplay = (error: unknown): boolean => error instanceof Error && error.name === 'IdempotentReplay';

/** What else stands in the way beside a conflict may come of it: the second of two who agree finds the revision there. */
const isConflict = (error: unknown): boolean =>
  error instanceof Rejection && error.problems.some(({ code }) => code === 'CONFLICT');
