import { createHash } from 'node:crypto';
import { localDateOf } from '../../domain/calendar.ts';
import { mailText } from '../../domain/notice/mail-text.ts';
import { defaultPreferences, mailDue, type NoticePreferences } from '../../domain/notice/notice.ts';
import { hasLeft } from '../../domain/organisation/staff.ts';
import type { Instant } from '../../domain/time.ts';
import type { MailTask } from '../../store/contract/mails.ts';
import type { NoticeMarks } from '../../store/contract/notices.ts';
import type { Deps } from '../deps.ts';
import { isRead } from '../notice/read-inbox.ts';
import { regionOffset } from '../region-clock.ts';
import { type RoleHolders, RolesUnknownError, spreadMailings } from './spread-mailings.ts';

/** A mail to one person. */
export interface Mail {
  /** The same for the same notices to the same person, however often it is sent. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What sends mails. @throws MailRefusedError, MailBusyError; anything else stops the run and is loud */
export interface MailSender {
  send(mail: Mail): Promise<void>;
}

/** This mail cannot be sent, for example because its address is refused. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError';
}
/** No mail can be sent now: the rest waits for the next run. */
export class MailBusyError extends Error {
  override readonly name = 'MailBusyError';
}

/** How many mails a run has sent, put off, and given up. */
export interface MailReport {
  readonly sent: number;
  readonly refused: number;
  readonly givenUp: number;
}

/** Notices that one mail tells of, at most. */
const MOST_NOTICES = 50;
const READ_AT_ONCE = 50;
const MOST_FAILURES = 5;
const HOUR = 3_600_000;
const ROLES_WAIT = HOUR / 4;
const NO_MARKS: NoticeMarks = { readUpTo: null, read: new Set() };

type MailDeps = Pick<Deps, 'store' | 'now'> & {
  readonly sender: MailSender;
  readonly roles: RoleHolders;
  /** Where people sign in; null: not known. */
  readonly appUrl: string | null;
};

/**
 * Sends what is to be mailed now: to each person one mail about all that waits, at once or once a day as they chose, in their
 * language. It may run twice at once and be killed at any moment: a task is taken before its mail is sent and ended after it,
 * so that a mail is sent twice at worst, with the same id. One that is refused five times is given up.
 * A run that the service is too busy for to send anything fails.
 * Where who has a role cannot be asked, the next run mails all together; after a quarter of an hour of that what else waits is sent,
 * and then the run fails.
 */
export async function sendMails(deps: MailDeps, hasTime: () => boolean): Promise<MailReport> {
  const unknown = await spreadMailings(deps, hasTime).catch((error: unknown) => {
    const waited = error instanceof RolesUnknownError ? Date.parse(deps.now()) - Date.parse(error.since) : 0;
    if (waited < ROLES_WAIT) throw error;
    return error;
  });
  const report = await sendDue(deps, hasTime);
  if (unknown !== undefined) throw unknown;
  return report;
}

async function sendDue(deps: MailDeps, hasTime: () => boolean): Promise<MailReport> {
  const offset = await regionOffset(deps);
  const report = { sent: 0, refused: 0, givenUp: 0 };
  for (;;) {
    const due = await deps.store.mails.due(deps.now(), READ_AT_ONCE);
    let taken = 0;
    for (const [owner, tasks] of Map.groupBy(due, (task) => task.owner)) {
      if (!hasTime()) return report;
      const mine = await deps.store.mails.claim(tasks.slice(0, MOST_NOTICES), deps.now());
      if (mine.length === 0) continue;
      taken += mine.length;
      try {
        await treat(deps, owner, mine, offset, report);
      } catch (error) {
        // What was taken and not treated is free again at once.
        await deps.store.mails.schedule(mine);
        // Busy after the first mails is the hour's; busy from the first on may be a quota that lets nothing out any more.
        if (error instanceof MailBusyError && report.sent > 0) return report;
        throw error;
      }
    }
    if (taken === 0) return report;
  }
}

/** Treats what waits for one person. */
async function treat(
  deps: MailDeps,
  owner: string,
  tasks: readonly MailTask[],
  offset: number,
  report: { sent: number; refused: number; givenUp: number },
): Promise<void> {
  const { mails, notices, staff } = deps.store;
  const [person, [chosen]] = await Promise.all([staff.get(owner), mails.preferences([owner])]);
  const preferences: NoticePreferences = chosen ?? defaultPreferences(owner);
  const { mail } = preferences;
  if (
    person === null ||
    person.email === null ||
    hasLeft(person, localDateOf(deps.now(), offset)) ||
    mail === 'NONE'
  ) {
    await mails.end(tasks);
    return;
  }
  const [found, marks] = await Promise.all([
    notices.getMany(tasks.map(({ notice }) => notice)),
    tasks.some(({ notice }) => notice.audience.kind !== 'PERSON') ? notices.marks(owner) : NO_MARKS,
  ]);
  const later = (at: Instant): Instant => mailDue(mail, at, offset);
  const now = tasks.filter((task, at) => {
    const notice = found[at];
    return task.failures > 0 || notice == null || task.due >= later(notice.at);
  });
  await mails.schedule(
    tasks.flatMap((task, at) => {
      const notice = found[at];
      return now.includes(task) || notice == null ? [] : [{ ...task, due: later(notice.at) }];
    }),
  );
  // One that has expired, or that was read in the inbox meanwhile, is no news.
  const news = tasks.flatMap((task, at) => {
    const notice = found[at];
    return now.includes(task) && notice != null && !isRead(notice, marks) ? [notice] : [];
  });
  if (news.length > 0) {
    const id = createHash('sha256')
      .update([owner, ...news.map(({ position }) => position).toSorted()].join('\n'))
      .digest('hex');
    try {
      await deps.sender.send({ id, to: person.email, ...mailText(news, preferences.locale, deps.appUrl) });
      report.sent += 1;
    } catch (error) {
      if (!(error instanceof MailRefusedError)) throw error;
      report.refused += 1;
      report.givenUp += await putOff(deps, now);
      return;
    }
  }
  await mails.end(now);
}

/** Tries again later, twice as long each time; @returns 1 when what waited was given up */
async function putOff(deps: MailDeps, tasks: readonly MailTask[]): Promise<number> {
  const over = tasks.filter(({ failures }) => failures + 1 >= MOST_FAILURES);
  await deps.store.mails.end(over);
  const rest = tasks.filter((task) => !over.includes(task));
  await deps.store.mails.schedule(
    rest.map((task) => ({
      ...task,
      failures: task.failures + 1,
      due: new Date(Date.parse(deps.now()) + HOUR * 2 ** task.failures).toISOString(),
    })),
  );
  return over.length > 0 ? 1 : 0;
}
