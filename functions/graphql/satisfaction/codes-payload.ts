import { problem } from '../../domain/problem.ts';
import type { CodeBatch } from '../../domain/satisfaction/single-use-code.ts';
import type { GraphQLContext } from '../context.ts';
import { mutate, type UserError, userErrorOf } from '../mutate.ts';
import { type PrintedCode, printed } from './printed-code.ts';

interface Issued {
  readonly batch: CodeBatch;
  readonly codes: readonly string[];
  /** What is printed above each code. */
  readonly about: readonly string[];
}

/** Longer ones make QR codes that are hard to read from a small print. */
const LONGEST_ADDRESS = 120;

/** The payload before its pages are drawn, which takes longer than issuing the codes: only when asked for. */
export interface CodesPayload {
  readonly batchId: string | null;
  readonly count: number | null;
  readonly codes: readonly PrintedCode[] | null;
  readonly about: readonly string[];
  readonly userErrors: readonly UserError[];
}

const NOTHING_ISSUED = { batchId: null, count: null, codes: null, about: [] } as const;

/** Issues codes and makes them ready to print; nothing is issued for an address that is none. */
export async function codesPayload(
  context: GraphQLContext,
  formAddress: string | null | undefined,
  issue: () => Promise<Issued>,
): Promise<CodesPayload> {
  const address = formAddress?.trim() || null;
  if (address !== null && !isFormAddress(address)) {
    const expected = `https://… (≤ ${LONGEST_ADDRESS})`;
    const refused = problem('INVALID_FORMAT', 'formAddress', { expected });
    return { ...NOTHING_ISSUED, userErrors: [userErrorOf(refused, context)] };
  }
  return mutate<Issued, Omit<CodesPayload, 'userErrors'>>(context, issue, (issued) =>
    issued === null
      ? NOTHING_ISSUED
      : {
          batchId: issued.batch.id,
          count: issued.batch.count,
          codes: issued.codes.map((digits) => printed(digits, address)),
          about: issued.about,
        },
  );
}

/** The codes as pages to print; what draws them is loaded with the first. */
export const sheetsOf = async ({ codes, about }: CodesPayload): Promise<readonly string[] | null> =>
  codes && (await import('./code-sheet.ts')).codeSheets(codes, about);

/** An https address without a fragment, whose place the code takes. */
function isFormAddress(address: string): boolean {
  const url = address.length <= LONGEST_ADDRESS && /^[\x21-\x7e]+$/.test(address) ? URL.parse(address) : null;
  return url?.protocol === 'https:' && !address.includes('#') && url.username === '';
}
