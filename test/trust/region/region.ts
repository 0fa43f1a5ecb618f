/** A region's half year against the whole local system: what its functions call equals their policies, and no log tells of anybody. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finding, finding } from '../finding.ts';
import type { PlayReport } from './play.ts';
import { grantedCalls } from './policies.ts';

const PLAY = fileURLToPath(new URL('play.ts', import.meta.url));
/** Stands in what the play sends and the service refuses; no line of the log may have it. */
const MARK = 'RAHASIA';

interface Played {
  readonly report: PlayReport;
  readonly log: string;
}

async function play(): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'kinerja-play-'));
  const file = join(folder, 'report.json');
  try {
    const env = { ...process.env, LOG_LEVEL: 'DEBUG', POWERTOOLS_METRICS_DISABLED: 'false' };
    const child = spawn(process.execPath, [PLAY, file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    let errors = '';
    child.stdout.on('data', (part) => {
      log += part;
    });
    child.stderr.on('data', (part) => {
      errors += part;
    });
    const code = await new Promise((settle) => child.once('close', settle));
    if (code !== 0) throw new Error(`the play ended with ${code}: ${errors.slice(-2_000)}`);
    return { report: JSON.parse(await readFile(file, 'utf8')), log: log + errors };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function check(): Promise<readonly Finding[]> {
  const { report, log } = await play();
  const { synthesiseMailingStage } = await import('../../infra/synthesis.ts');
  return [permissionFinding(report.calls, grantedCalls(synthesiseMailingStage())), logFinding(report, log)];
}

/** Actions that are granted and not used, and those that are used and not granted. */
export function permissionFinding(calls: PlayReport['calls'], granted: ReadonlySet<string>): Finding {
  const used = Object.keys(calls);
  const wrong = [
    ...used.filter((call) => !granted.has(call)).map((call) => `not granted: ${call}`),
    ...[...granted].filter((call) => calls[call] === undefined).map((call) => `never used: ${call}`),
  ].toSorted();
  const times = Object.values(calls).reduce((sum, each) => sum + each, 0);
  return finding(
    'what each function calls, against its policy',
    { count: granted.size, of: 'permissions' },
    'differences',
    wrong,
    `${times} calls by ${new Set(used.map((call) => call.replace(/ .*/, ''))).size} functions`,
  );
}

/** Names of fields that hold what was found out about somebody. */
const TELLING =
  /"(?:score|rating|predicate|rank|value|achievement|realisation|comment|text|reasons?|title|name|nip|email|body|query|variables|message_?text)\\?":\s*\\?["\d]/i;

/** Lines that tell of somebody: by name, number or address, by what anybody wrote, by a score, or by what was refused. */
export function logFinding(
  { people, texts, scores, outages }: Omit<PlayReport, 'calls'>,
  log: string,
): Finding {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  if (people.length === 0 || texts.length === 0 || scores.length === 0)
    throw new Error('there is nobody to look for');
  const secrets = [...people, ...texts, ...scores, MARK];
  const wrong = lines.flatMap((line) => {
    // The seconds of an instant look like scores.
    const words = line.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
    const secret =
      secrets.find((each) => words.includes(each)) ?? TELLING.exec(withoutErrorNames(words))?.[0];
    return secret === undefined ? [] : [`${JSON.stringify(secret)} in ${line.slice(0, 300)}`];
  });
  const failures = lines.filter((line) => line.includes('"ERROR"')).length;
  return finding(
    `logs at DEBUG, for ${secrets.length.toLocaleString('en')} names, numbers, texts, scores`,
    { count: lines.length, of: 'lines' },
    'lines that tell of somebody',
    wrong,
    `${failures} lines of failures that were provoked, among them by ${outages} requests to DynamoDB and SES that failed`,
  );
}

/** The log names kinds of errors, and metrics have names. */
const withoutErrorNames = (line: string): string =>
  line
    .replaceAll(/\{"Name":"\w+","Unit":/g, '')
    .replaceAll(/"name":"[\w.]*(?:Error|Exception|Rejection)"/g, '');
