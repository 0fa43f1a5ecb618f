import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { canonicalJson } from '../domain/canonical-json.ts';
import { readBody } from './codec.ts';
import type { EvidenceStore } from './contract/evidence.ts';
import { evidenceTicketKey } from './keys.ts';
import * as schemas from './schemas/activity.ts';
import { getItem, type Table } from './table.ts';

const PATTERN = 'UPLOAD# / UPLOAD';

export function evidenceStore(table: Table): EvidenceStore {
  return {
    putTicket: async (ticket) => {
      await table.client.send(
        new PutCommand({
          TableName: table.name,
          Item: {
            ...evidenceTicketKey(ticket.id),
            body: canonicalJson(ticket),
            expiresAt: Math.ceil(Date.parse(ticket.expiresAt) / 1_000),
          },
        }),
      );
    },
    ticket: async (id) => {
      const item = await getItem(table, evidenceTicketKey(id));
      return item === undefined ? null : readBody(PATTERN, schemas.evidenceTicket, item['body']);
    },
  };
}
