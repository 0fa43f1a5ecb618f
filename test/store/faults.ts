import { randomUUID } from 'node:crypto';
import type { TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The answer to the next transaction is lost on its way, after the transaction took effect. */
export function loseAnswer(client: DynamoDBDocumentClient, error: Error): { readonly lost: number } {
  let lost = 0;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName !== 'TransactWriteItemsCommand' || lost > 0) return answer;
      lost += 1;
      throw error;
    },
    { step: 'deserialize', priority: 'high', name: `lose-${randomUUID()}` },
  );
  return {
    get lost() {
      return lost;
    },
  };
}

/** DynamoDB remembers the token of a transaction for ten minutes: plays a repetition that comes later than that. */
export function forgetTokens(client: DynamoDBDocumentClient): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand') return next(args);
      const input = args.input as TransactWriteItemsCommandInput;
      return next({ ...args, input: { ...input, ClientRequestToken: randomUUID() } as typeof args.input });
    },
    { step: 'serialize', priority: 'high', name: `forget-${randomUUID()}` },
  );
}
