import type { Audience, NewNotice, Notice } from '../../domain/notice/notice.ts';
import type { Instant } from '../../domain/time.ts';
import type { Page, PageRequest, Write } from './stored.ts';

/** A notice as it lies in a list. */
export interface StoredNotice extends Notice {
  /** Its place in the merged lists of a reader, newest first; with the audience it names the notice. */
  readonly position: string;
  /** When its only reader marked it as read; null for what many read, which `NoticeMarks` keep. */
  readonly readAt: Instant | null;
}

/** What a person has read of what many read. */
export interface NoticeMarks {
  /** Everything up to here is read; null: nothing yet. */
  readonly readUpTo: Instant | null;
  /** Positions of later notices that are read. */
  readonly read: ReadonlySet<string>;
}

/** Which notice. */
export interface NoticeKey {
  readonly audience: Audience;
  readonly position: string;
}

export interface NoticeStore {
  /**
   * A notice for each audience, as part of a transaction with the entities that it tells of. Its id follows from kind, ids and
   * occasion. Who is a person is put on the list of those who are to get a mail.
   */
  add(notice: NewNotice): Write;
  /** The same by itself, to many, for what time brings about. Nothing is written that is there already. */
  put(notice: NewNotice & { readonly at: Instant }): Promise<void>;
  /** What some audiences are told, merged, newest first, none older than `since`; one request an audience. */
  page(audiences: readonly Audience[], page: PageRequest, since: Instant): Promise<Page<StoredNotice>>;
  /** In the order of `keys`; null where there is none. */
  getMany(keys: readonly NoticeKey[]): Promise<readonly (StoredNotice | null)[]>;
  marks(owner: string): Promise<NoticeMarks>;
  /** Marks some notices as read by their one reader, others in the reader's marks. */
  markRead(owner: string, keys: readonly NoticeKey[], at: Instant): Promise<void>;
  /** Marks everything up to an instant as read; never goes back. */
  markAllRead(owner: string, upTo: Instant): Promise<void>;
}
