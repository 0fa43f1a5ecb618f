import { inject } from 'vitest';
import { type Runtime, startRuntime } from '../../infra/local/runtime.ts';

/** What the endpoint answered, as a client sees it. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of many shapes
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly text: string;
}

export interface Who {
  readonly username: string;
  readonly groups?: readonly string[];
}

/** The whole system on the shared DynamoDB Local, with a table of its own; `clock` is what time it is for the handlers. */
export const startSystem = (tableName: string, clock?: Date): Promise<Runtime> =>
  startRuntime({ database: inject('dynamoDb'), tableName, retryMilliseconds: 10, clock });

/** Asks the endpoint over HTTP as somebody; null: nobody, at `/public`. */
export const ask = async (
  runtime: Runtime,
  who: Who | null,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  language = 'id',
): Promise<Answer> => {
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

export const readAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const body = parsed(text);
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [], text };
};

const parsed = (text: string): { data?: unknown; errors?: Answer['errors'] } => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

/** Runs a mutation with one `input` and gives its payload. @throws Error when the whole request failed */
export const mutate = async (
  runtime: Runtime,
  who: Who,
  name: string,
  inputType: string,
  input: Readonly<Record<string, unknown>>,
  selection = '',
  language = 'id',
  // biome-ignore lint/suspicious/noExplicitAny: tests read payloads of many shapes
): Promise<any> => {
  const answer = await ask(
    runtime,
    who,
    `mutation M($input: ${inputType}!) { payload: ${name}(input: $input) { ${selection} userErrors { code message path } } }`,
    { input },
    language,
  );
  if (answer.data?.payload === undefined || answer.data.payload === null) {
    throw new Error(`${name}: ${answer.status} ${answer.text}`);
  }
  return answer.data.payload;
};
