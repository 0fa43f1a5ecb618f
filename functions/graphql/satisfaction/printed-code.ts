import { printedCode } from '../../domain/satisfaction/single-use-code.ts';

/** A code with what its QR code says. */
export interface PrintedCode {
  readonly digits: string;
  readonly content: string;
}

/**
 * What the QR code of a code says: the form's address with the code behind `#`, where it reaches the form in the browser and no
 * log of the web server that sends it; without an address the code alone.
 */
export const printed = (digits: string, formAddress: string | null): PrintedCode => ({
  digits,
  content: formAddress === null ? printedCode(digits) : `${formAddress}#${printedCode(digits)}`,
});
