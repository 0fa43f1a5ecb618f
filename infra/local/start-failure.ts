import { DataDirInUseError } from './data-dir.ts';
import { DynamoDbLocalError } from './dynamodb-local.ts';
import { JavaUnavailableError, OLDEST_JAVA } from './java.ts';
import { PortUnavailableError } from './loopback-server.ts';
import { OptionError } from './start-options.ts';
import type { Texts } from './texts.ts';

/** What to tell the user of `npm start` about a failure, in the language of the texts; null for a defect. */
export function describeStartFailure(error: unknown, texts: Texts): string | null {
  if (error instanceof JavaUnavailableError) {
    return error.release === null
      ? texts.javaMissing(error.command, OLDEST_JAVA)
      : texts.javaTooOld(error.command, error.release, OLDEST_JAVA);
  }
  if (error instanceof PortUnavailableError) {
    return error.code === 'EADDRINUSE'
      ? texts.portInUse(error.port)
      : texts.portUnusable(error.port, error.code);
  }
  if (error instanceof DataDirInUseError) return texts.dataDirInUse(error.dataDir, error.holder);
  if (error instanceof DynamoDbLocalError) return texts.databaseFailed(error.message);
  // Written in the user's language where it is thrown.
  return error instanceof OptionError ? error.message : null;
}
