import * as z from 'zod/mini';

/** What a state machine's Catch adds: the error's name, and a cause that is not for the table. */
export const failedInput = { error: z.object({ Error: z.string() }) };

/** Names of errors in Lambda and Step Functions; anything else might carry data. */
const CODE = /^[A-Za-z][A-Za-z0-9_.]{0,79}$/;

/** The error's name where it is one, else `Unknown`. */
export const errorCode = ({ Error: name }: { readonly Error: string }): string =>
  CODE.test(name) ? name : 'Unknown';
