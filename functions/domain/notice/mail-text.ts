import type { Locale } from '../messages.ts';
import type { Notice } from './notice.ts';
import { noticeText } from './notice-text.ts';

/** A mail's words. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const WORDS = {
  id: {
    several: (count: number) => `Kinerja: ${count} pemberitahuan`,
    one: (title: string) => `Kinerja: ${title}`,
    greeting: 'Yth. Bapak/Ibu,',
    intro: 'Ada pemberitahuan untuk Anda di sistem kinerja:',
    where: 'Masuklah untuk membaca selengkapnya.',
    footer:
      'Surel ini dikirim otomatis dan tidak memuat nilai, nama, atau data pribadi. Cara menerima pemberitahuan dapat diubah di preferensi akun Anda.',
  },
  en: {
    several: (count: number) => `Kinerja: ${count} notices`,
    one: (title: string) => `Kinerja: ${title}`,
    greeting: 'Dear colleague,',
    intro: 'There are notices for you in the performance system:',
    where: 'Sign in to read more.',
    footer:
      'This mail was sent automatically and holds no score, name or personal data. How you hear of notices can be changed in the preferences of your account.',
  },
} as const satisfies Readonly<Record<Locale, object>>;

/**
 * One mail about one or more notices: their words and the address of the system; no name, no figure, not even that of its
 * reader, for mails are read by others too.
 */
export function mailText(
  notices: readonly Pick<Notice, 'kind' | 'refs'>[],
  locale: Locale,
  appUrl: string | null,
): MailText {
  const words = WORDS[locale];
  const texts = notices.map((notice) => noticeText(notice, locale));
  const [first] = texts;
  // A header line, whatever the words hold.
  const subject = (
    texts.length === 1 && first !== undefined ? words.one(first.title) : words.several(texts.length)
  ).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const where = appUrl === null ? words.where : `${words.where} ${appUrl}`;
  const items = texts.map(({ text }) => text);
  return {
    subject,
    text: [
      words.greeting,
      words.intro,
      items.map((item) => `- ${item}`).join('\n'),
      where,
      `-- \n${words.footer}`,
    ].join('\n\n'),
    html: [
      `<!doctype html><html lang="${locale}"><meta charset="utf-8"><title>${escapeHtml(subject)}</title>`,
      `<p>${escapeHtml(words.greeting)}</p><p>${escapeHtml(words.intro)}</p>`,
      `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`,
      appUrl === null
        ? `<p>${escapeHtml(words.where)}</p>`
        : `<p>${escapeHtml(words.where)} <a href="${escapeHtml(appUrl)}">${escapeHtml(appUrl)}</a></p>`,
      `<hr><p><small>${escapeHtml(words.footer)}</small></p></html>`,
    ].join('\n'),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
