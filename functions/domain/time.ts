/** A date without time, `YYYY-MM-DD`; compares as text. */
export type IsoDate = string;
/** A calendar month, `YYYY-MM`; compares as text. */
export type Month = string;
/** An instant, ISO 8601 in UTC with milliseconds and `Z`; compares as text. */
export type Instant = string;
