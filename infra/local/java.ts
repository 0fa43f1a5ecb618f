import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** DynamoDB Local 3.3 is compiled for this release: its release notes, 2.3.0. */
export const OLDEST_JAVA = 17;

/** Java is missing, or too old for DynamoDB Local; the message says what to install. */
export class JavaUnavailableError extends Error {
  override readonly name = 'JavaUnavailableError';
  /** What was tried. */
  readonly command: string;
  /** Its feature release; null when it cannot be started. */
  readonly release: number | null;

  constructor(command: string, release: number | null) {
    const needed = `Java ${OLDEST_JAVA} or later is needed to run DynamoDB Local`;
    super(
      release === null
        ? `${needed}, and "${command}" cannot be started. ` +
            'Install a Java runtime (Debian or Ubuntu: apt-get install default-jre-headless; macOS: brew install openjdk), ' +
            'or point JAVA_HOME at one.'
        : `${needed}, but "${command}" is Java ${release}. Install a newer one, or point JAVA_HOME at one.`,
    );
    this.command = command;
    this.release = release;
  }
}

/**
 * Finds the Java to run DynamoDB Local with: the one of JAVA_HOME, else the first in PATH.
 *
 * @returns the command to start
 * @throws JavaUnavailableError when there is none, or when it is older than {@link OLDEST_JAVA}
 */
export async function findJava(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const home = environment['JAVA_HOME'];
  const command = home ? join(home, 'bin', 'java') : 'java';
  const banner = await readVersionBanner(command, environment);
  if (banner === undefined) throw new JavaUnavailableError(command, null);
  const release = parseJavaRelease(banner);
  if (release !== undefined && release < OLDEST_JAVA) throw new JavaUnavailableError(command, release);
  return command;
}

/** The feature release in what `java -version` prints: 17 for `"17.0.15"`, 8 for `"1.8.0_402"`. */
export function parseJavaRelease(banner: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(banner);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}

function readVersionBanner(command: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, ['-version'], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let banner = '';
    child.stderr.on('data', (chunk: Buffer) => {
      banner += chunk.toString();
    });
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 ? banner : undefined));
  });
}
