import type { Locale } from '../domain/messages.ts';

/** The language that `Accept-Language` prefers among Indonesian and English; Indonesian when it says nothing of them. */
export function localeFrom(acceptLanguage: string | undefined): Locale {
  let best: { readonly locale: Locale; readonly quality: number } = { locale: 'id', quality: 0 };
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    // `in` is the old code of Indonesian, which some Android versions still send.
    const locale = /^(id|in)\b/.test(tag) ? 'id' : /^en\b/.test(tag) ? 'en' : null;
    if (locale === null) continue;
    const weight = parameters.map((each) => each.trim()).find((each) => each.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    if (quality > best.quality) best = { locale, quality };
  }
  return best.locale;
}
