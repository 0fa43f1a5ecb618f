import type { NoticePreferences } from '../../domain/notice/notice.ts';
import type { Instant } from '../../domain/time.ts';
import type { NoticeKey, StoredNotice } from './notices.ts';
import type { Stored, Write } from './stored.ts';

/** That one person is to be mailed one notice. */
export interface MailTask {
  readonly owner: string;
  readonly notice: NoticeKey;
  readonly due: Instant;
  /** How often it could not be sent. */
  readonly failures: number;
}

/** A notice to many, of which each is still to be mailed. */
export interface Mailing {
  readonly notice: StoredNotice;
  /** The last of its parts (spread-mailings.ts) that is done; null: none yet. */
  readonly cursor: string | null;
}

export interface MailStore {
  /** Tasks whose time has come and that are no old news, by person; at most `most` of each list, so a person's may come in two calls. */
  due(now: Instant, most: number): Promise<readonly MailTask[]>;
  /**
   * Takes one person's tasks for some minutes, so that of two senders one sends: all together or, when the sender dies, none, so
   * that they stay one mail. @returns those taken, without what another has or what is done
   */
  claim(tasks: readonly MailTask[], now: Instant): Promise<readonly MailTask[]>;
  /** Puts tasks on the lists, or at another time, each person's together; repeatable. */
  schedule(tasks: readonly MailTask[]): Promise<void>;
  /** Takes one person's tasks off the lists, all together: they were sent, are not wanted, or were given up. */
  end(tasks: readonly MailTask[]): Promise<void>;
  /** Notices to many that are not yet on the lists of each, newest first. */
  mailings(): Promise<readonly Mailing[]>;
  advance(mailing: Mailing, cursor: string): Promise<void>;
  endMailing(mailing: Mailing): Promise<void>;
  /** In the order of `owners`; null for who has chosen nothing. */
  preferences(owners: readonly string[]): Promise<readonly (Stored<NoticePreferences> | null)[]>;
  savePreferences(before: Stored<NoticePreferences> | null, after: NoticePreferences): Write;
}
