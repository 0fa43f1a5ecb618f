/** `npm run import -- KIND FILE.csv`: puts a file into any Kinerja endpoint that one has a token for. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { messageOf } from '../../functions/domain/messages.ts';
import { Rejection } from '../../functions/domain/problem.ts';
import { CsvSyntaxError } from './csv-rows.ts';
import { errorLine, writeErrors } from './error-report.ts';
import {
  createGraphqlClient,
  EndpointError,
  ExhaustedError,
  GraphqlRefusal,
  TokenError,
} from './graphql-client.ts';
import { importFile } from './import-file.ts';
import { KIND_NAMES, KINDS, type Kind, type KindName } from './kinds.ts';
import { createProgressDisplay } from './progress.ts';
import { type Language, TEXTS, type Texts } from './texts.ts';

/** Where `npm start` listens. */
const LOCAL_ENDPOINT = 'http://127.0.0.1:4000/graphql';

/** 0: every row is in. 1: some rows were rejected. 2: the import could not run, or not to its end. */
type ExitCode = 0 | 1 | 2;

const isKind = (name: string | undefined): name is KindName => KIND_NAMES.some((known) => known === name);

const run = async (): Promise<ExitCode> => {
  const args = readArguments();
  const language: Language = args?.values.lang === 'en' ? 'en' : 'id';
  const texts = TEXTS[language];
  const fail = (message: string): ExitCode => {
    process.stderr.write(`${message}\n`);
    return 2;
  };
  const usage = texts.usage(KIND_NAMES.join(', '), LOCAL_ENDPOINT);
  const lang = args?.values.lang;
  if (lang !== undefined && !Object.hasOwn(TEXTS, lang))
    return fail(`${TEXTS.id.unknownLanguage(lang)}\n${TEXTS.en.unknownLanguage(lang)}`);
  if (args?.values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const [name, file] = args?.positionals ?? [];
  if (args === null || name === undefined || file === undefined || args.positionals.length > 2)
    return fail(usage);
  if (!isKind(name)) return fail(`${texts.unknownKind(name)}\n\n${usage}`);
  if (!existsSync(file)) return fail(texts.noFile(file));
  const dryRun = args.values['dry-run'] ?? false;
  const token = args.values.token ?? process.env.KINERJA_TOKEN;
  if (!dryRun && (token === undefined || token === '')) return fail(texts.noToken);

  const kind = KINDS[name];
  const display = createProgressDisplay(texts, process.stderr);
  try {
    const endpoint = args.values.endpoint ?? process.env.KINERJA_ENDPOINT ?? LOCAL_ENDPOINT;
    const onRetry = (reason: string) => process.stderr.write(`${texts.retrying(reason)}\n`);
    const client = dryRun ? null : createGraphqlClient({ endpoint, token: token ?? null, language, onRetry });
    const report = await importFile({
      kind,
      file,
      client,
      describe: ({ problem }) => messageOf(problem, language),
      onProgress: (progress) => display.show(progress),
    });
    display.end();
    for (const error of report.errors) process.stdout.write(`${errorLine(texts, error)}\n`);
    if (args.values.errors !== undefined) {
      await writeErrors(texts, report.errors, args.values.errors);
      process.stdout.write(`${texts.errorsWritten(report.errors.length, args.values.errors)}\n`);
    }
    process.stdout.write(`${texts.summary(kind, report, dryRun)}\n`);
    return report.rejected > 0 ? 1 : 0;
  } catch (error) {
    display.end();
    return fail(messageOfFailure(error, kind, texts, language));
  }
};

const readArguments = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        endpoint: { type: 'string' },
        token: { type: 'string' },
        lang: { type: 'string' },
        errors: { type: 'string' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
};

/** Says what stopped the import, and whether something is in already. @throws what is nobody's expected failure */
const messageOfFailure = (error: unknown, kind: Kind, texts: Texts, language: Language): string => {
  if (error instanceof Rejection) {
    const problems = error.problems.map((problem) => `${messageOf(problem, language)} (${problem.code})`);
    return `${problems.join('\n')}\n${texts.nothingSent}`;
  }
  if (error instanceof CsvSyntaxError) return `${texts.brokenCsv(error.line)}\n${texts.nothingSent}`;
  if (error instanceof TokenError) {
    const { expiredAt } = error;
    if (expiredAt === null) return texts.tokenRefused;
    return `${texts.tokenExpired(expiredAt.toISOString())}\n${texts.runAgain}`;
  }
  if (error instanceof GraphqlRefusal) {
    const next = error.code === 'FORBIDDEN' ? texts.rolesNeeded(kind) : texts.runAgain;
    return `${texts.refused(error.messages.join('; '))} (${error.code})\n${next}`;
  }
  if (error instanceof ExhaustedError) {
    const text = error.unreachable ? texts.unreachable : texts.exhausted;
    return `${text(error.endpoint, error.reason, error.attempts)}\n${texts.runAgain}`;
  }
  if (error instanceof EndpointError) return `${texts.endpointFailed(error.message)}\n${texts.runAgain}`;
  throw error;
};

process.exitCode = await run();
