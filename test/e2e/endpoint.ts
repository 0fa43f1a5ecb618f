import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';
import { testDatabase } from '../support/database.ts';

/** What the endpoint answered, as a client sees it; `Data` is what the test's own query asks for. */
export interface Answer<Data = Readonly<Record<string, unknown>>> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly text: string;
}

export interface Who {
  readonly username: string;
  readonly groups?: readonly string[];
}

/** The whole system on the shared DynamoDB Local, with a table of its own; `clock` is what time it is for the handlers. */
export const startSystem = (tableName: string, clock?: Date): Promise<Runtime> =>
  startRuntime({ database: testDatabase(), tableName, retryMilliseconds: 10, clock });

/** Asks the endpoint over HTTP as somebody; null: nobody, at `/public`. */
export const ask = async <Data = Readonly<Record<string, unknown>>>(
  runtime: Runtime,
  who: Who | null,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  language = 'id',
): Promise<Answer<Data>> => {
  const token = who === null ? null : await runtime.tokens.mint(who);
  const response = await fetch(token === null ? runtime.publicUrl : runtime.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return readAnswer(response);
};

export const readAnswer = async <Data>(response: Response): Promise<Answer<Data>> => {
  const text = await response.text();
  const body: { readonly data?: Data; readonly errors?: Answer['errors'] } = parsed(text);
  return { status: response.status, data: body.data as Data, errors: body.errors ?? [], text };
};

/** Text that is no JSON, as some refusals are, is an answer without data. */
const parsed = (text: string) => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

export interface Payload {
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: readonly string[];
  }[];
}

/** Runs a mutation with one `input` and gives its payload. @param who null: nobody, at `/public` @throws Error when the whole request failed */
export const mutate = async <Selected = unknown>(
  runtime: Runtime,
  who: Who | null,
  name: string,
  inputType: string,
  input: Readonly<Record<string, unknown>>,
  selection = '',
  language = 'id',
): Promise<Selected & Payload> => {
  const answer = await ask<{ readonly payload?: (Selected & Payload) | null } | null>(
    runtime,
    who,
    `mutation M($input: ${inputType}!) { payload: ${name}(input: $input) { ${selection} userErrors { code message path } } }`,
    { input },
    language,
  );
  const payload = answer.data?.payload ?? null;
  if (payload === null) throw new Error(`${name}: ${answer.status} ${answer.text}`);
  return payload;
};
