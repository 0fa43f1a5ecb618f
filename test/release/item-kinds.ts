/** Kinds of stored items, as functions/store/access-patterns.ts names their keys. */
import { type AccessPattern, accessPatterns } from '../../functions/store/access-patterns.ts';

type Item = Readonly<Record<string, unknown>>;

/** A kind's keys, `<id>` for what varies and `…` where a range goes on: `STAFF#<staff> / STAFF`. */
export const kindOf = ({ pk, sk }: Pick<AccessPattern, 'pk' | 'sk'>): string => `${pk} / ${sk}`;

const expressionOf = (part: string): string =>
  part
    // Notices and feedback of a day are sorted newest first: the pattern shows one day's number.
    .split(/(<[^>]+>|\d{5,}|…$)/)
    .map((piece) =>
      /^(<|\d{5})/.test(piece)
        ? '.+'
        : piece === '…'
          ? '.*'
          : piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');

/** The kinds of items that lie in the table, with how to tell them by their keys. */
export const itemKinds: readonly { readonly kind: string; readonly fits: (item: Item) => boolean }[] = [
  ...new Map(
    accessPatterns
      .filter(({ index }) => index === 'table')
      .map((pattern) => {
        const expression = new RegExp(`^${expressionOf(pattern.pk)} / ${expressionOf(pattern.sk)}$`);
        const fits = ({ pk, sk }: Item): boolean => expression.test(`${pk} / ${sk}`);
        return [kindOf(pattern), { kind: kindOf(pattern), fits }] as const;
      }),
  ).values(),
];
