import type { Actor } from '../../domain/access-policy.ts';
import type { Locale } from '../../domain/messages.ts';
import {
  defaultPreferences,
  type MailPreference,
  type NoticePreferences,
} from '../../domain/notice/notice.ts';
import { authorise } from '../authorise.ts';
import type { Deps } from '../deps.ts';
import { expectVersion } from '../expect-version.ts';
import { perform } from '../perform.ts';
import { inboxOf } from './read-inbox.ts';

export interface SetPreferences {
  readonly mail: MailPreference;
  readonly locale: Locale;
  readonly version?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** How the signed-in person wants mails; what holds where they have chosen nothing. */
export async function readPreferences(deps: Deps, actor: Actor): Promise<NoticePreferences> {
  await authorise(deps, actor, 'Query.noticePreferences');
  return preferencesOf(deps, inboxOf(actor));
}

/** Sets how one wants mails. @throws Rejection CONFLICT */
export const setPreferences = (deps: Deps, actor: Actor, input: SetPreferences): Promise<NoticePreferences> =>
  perform(
    deps,
    { actor, operation: 'setNoticePreferences', input },
    () => authorise(deps, actor, 'Mutation.setNoticePreferences'),
    async (as) => {
      const owner = inboxOf(actor);
      const [before = null] = await deps.store.mails.preferences([owner]);
      expectVersion(before, input.version || null);
      const after = { owner, mail: input.mail, locale: input.locale, version: 0 };
      return { as, ref: owner, writes: [deps.store.mails.savePreferences(before, after)] };
    },
    (owner) => preferencesOf(deps, owner),
  );

async function preferencesOf({ store }: Pick<Deps, 'store'>, owner: string): Promise<NoticePreferences> {
  const [chosen] = await store.mails.preferences([owner]);
  return chosen ?? defaultPreferences(owner);
}
