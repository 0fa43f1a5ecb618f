/** A tab of the explorer; the operation's name is the tab's title. */
export interface ExampleQuery {
  readonly query: string;
  /** JSON text. */
  readonly variables?: string;
}
