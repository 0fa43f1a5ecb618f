import type { AuditEntry } from '../../domain/audit.ts';
import type { Connection } from '../pagination.ts';

/** A page of an entity's trail, with the entity, so that the trail can be verified when that is asked for. */
export type AuditPage = Connection<AuditEntry> & { readonly entity: string };
