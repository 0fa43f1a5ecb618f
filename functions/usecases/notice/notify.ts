import type { Audience, NewNotice } from '../../domain/notice/notice.ts';
import type { Write } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';

/** A person to be told, if there is one; nobody else. */
export const person = (staffId: string | null | undefined): readonly Audience[] =>
  staffId == null ? [] : [{ kind: 'PERSON', staffId }];

/**
 * What a change tells people, as writes of the same transaction: `writes: [save, ...notify(deps, notice)]`. Each person costs
 * two items of the transaction's hundred; many people are one audience. Whoever gave an anonymous rating must neither be
 * told nor named.
 */
export const notify = ({ store }: Pick<Deps, 'store'>, ...notices: readonly NewNotice[]): readonly Write[] =>
  notices.filter(({ to }) => to.length > 0).map((notice) => store.notices.add(notice));
