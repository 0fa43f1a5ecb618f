/** A tab of the explorer; the operation's name is the tab's title. */
export interface ExampleQuery {
  readonly query: string;
  /** JSON text. */
  readonly variables?: string;
  /** What a newcomer sees there and as whom: `npm start` lists these. */
  readonly shows?: { readonly id: string; readonly en: string };
}

/** The tab's title. @throws Error for an operation without a name */
export const titleOf = ({ query }: ExampleQuery): string => {
  const [, title] = /^query (\w+)/m.exec(query) ?? [];
  if (title === undefined) throw new Error('an example query has no name');
  return title;
};
