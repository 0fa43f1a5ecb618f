/**
 * List prices of AWS in US East (N. Virginia), in US dollars, before tax and free tiers, as published in late 2025. Jakarta differs, in
 * part upwards: put its prices here for a budget (https://calculator.aws).
 */
export const PRICES = {
  /** On-demand request units of DynamoDB. */
  readUnit: 0.125 / 1e6,
  writeUnit: 0.625 / 1e6,
  /** A GB and month, with point-in-time recovery. */
  storage: 0.25 + 0.2,
  httpRequest: 1.0 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** On arm64. */
  lambdaGigabyteSecond: 0.0000133334,
  stateTransition: 25 / 1e6,
  logGigabyte: 0.5,
  /** A person and month beyond the first 10,000 on Cognito's Lite plan. */
  activeUser: 0.0055,
  freeUsers: 10_000,
  metric: 0.3,
  /** Alarms and dashboard of a stage, a month; see docs/operations.md. */
  alarms: 7.6,
  fileGigabyte: 0.023,
} as const;

/** Memory of the function that answers GraphQL, and of the close's steps, in GB. */
export const MEMORY = { graphql: 1.769, close: 1.769 } as const;
