import { parseArgs } from 'node:util';
import { type Language, TEXTS, type Texts } from './texts.ts';

/** Where the importer looks for a local endpoint too. */
const DEFAULT_PORT = 4000;

/** The options of `npm start`. */
export interface Options {
  readonly empty: boolean;
  readonly dataDir: string | undefined;
  readonly port: number;
  readonly language: Language;
  readonly help: boolean;
}

/** An option cannot be used; the message is for the user, in the language asked for. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

/** Reads the command line. @throws OptionError */
export function readOptions(commandLine: readonly string[]): Options {
  const language = languageOf(commandLine);
  const texts = TEXTS[language];
  let values: ReturnType<typeof parse>;
  try {
    values = parse(commandLine);
  } catch (error) {
    throw new OptionError(describeUnparsed(error, texts), { cause: error });
  }
  const { port: portText = String(DEFAULT_PORT) } = values;
  if (!/^\d{1,5}$/.test(portText) || Number(portText) > 65_535)
    throw new OptionError(texts.badPort(portText));
  if (values.data === '') throw new OptionError(texts.badOption('--data'));
  if (values.lang !== undefined && values.lang !== 'id' && values.lang !== 'en') {
    throw new OptionError(texts.badOption(`--lang ${values.lang}`));
  }
  return {
    empty: values.empty ?? false,
    dataDir: values.data,
    port: Number(portText),
    language,
    help: values.help ?? false,
  };
}

function parse(commandLine: readonly string[]) {
  const { values } = parseArgs({
    args: [...commandLine],
    options: {
      empty: { type: 'boolean' },
      data: { type: 'string' },
      port: { type: 'string' },
      lang: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return values;
}

/** Node says what is wrong by a code, and names the option between quotes in its English message. */
function describeUnparsed(error: unknown, texts: Texts): string {
  if (!(error instanceof Error && 'code' in error)) throw error;
  const named = /'(.+?)(?: <value>)?'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return texts.unknownOption(named);
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return texts.unexpectedArgument(named);
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return texts.badValue(named);
    default:
      throw error;
  }
}

/** The language asked for; read by hand, since a wrong option must be answered in it too. */
export function languageOf(commandLine: readonly string[]): Language {
  const at = commandLine.indexOf('--lang');
  return commandLine.includes('--lang=en') || (at >= 0 && commandLine[at + 1] === 'en') ? 'en' : 'id';
}
