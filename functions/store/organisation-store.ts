import type { Unit } from '../domain/organisation.ts';
import { problem } from '../domain/problem.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import {
  auditName,
  organisationPartition,
  organisationVersionKey,
  unitCodeKey,
  unitKey,
  unitPrefix,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { OrganisationStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { uniqueness } from './uniqueness.ts';
import { type Action, prepare } from './write.ts';

const codec = entityCodec<Unit>('ORG / UNIT#', schemas.unit);

type Loaded = Awaited<ReturnType<OrganisationStore['load']>>;

export function organisationStore(table: Table): OrganisationStore {
  let known: { readonly version: number; readonly organisation: Promise<Loaded> } | undefined;

  const read = async (version: number): Promise<Loaded> => {
    const units = (await queryAll(table, { pk: organisationPartition, prefix: unitPrefix })).map(codec.read);
    return {
      version,
      units: new Map(units.map(({ auditHash: _, ...unit }) => [unit.id, unit])),
      trails: new Map(units.map(({ id, auditHash }) => [id, auditHash])),
    };
  };

  const unit: OrganisationStore['unit'] = async (id) => {
    const item = await getItem(table, unitKey(id));
    return item === undefined ? null : codec.read(item);
  };

  return {
    // The version is read before the units: units newer than it are possible, and the next load finds the newer version.
    load: async () => {
      const version = Number((await getItem(table, organisationVersionKey))?.['version'] ?? 0);
      if (known?.version !== version) {
        const organisation = read(version);
        known = { version, organisation };
        organisation.catch(() => {
          if (known?.organisation === organisation) known = undefined;
        });
      }
      return known.organisation;
    },
    unit,
    unitByCode: async (code) => {
      const item = await getItem(table, unitCodeKey(code));
      return item === undefined ? null : unit(String(item['id']));
    },
    save: (organisationVersion, before, after) =>
      prepare(
        {
          audit: auditName.unit(after.id),
          key: unitKey(after.id),
          versionBefore: before?.version ?? 0,
          hashBefore: before?.auditHash ?? null,
          text: codec.toText(after, (before?.version ?? 0) + 1),
          attributes: {},
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => [
          raiseVersion(table, organisationVersion),
          ...uniqueness(table, {
            field: 'code',
            owner: after.id,
            before: before && { key: unitCodeKey(before.code) },
            after: { key: unitCodeKey(after.code), value: after.code },
          }),
        ],
      ),
  };
}

/** Two changes of the tree that both read the same version never both win. */
function raiseVersion(table: Table, from: number): Action {
  return {
    key: organisationVersionKey,
    item: {
      Update: {
        TableName: table.name,
        Key: organisationVersionKey,
        UpdateExpression: 'SET #version = :next',
        ...unchanged(from, { ':next': from + 1 }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: conflict,
    shared: `raise ${from}`,
  };
}

/** The organisation is still at that version. */
export function requireVersion(table: Table, version: number): Action {
  return {
    key: organisationVersionKey,
    item: {
      ConditionCheck: {
        TableName: table.name,
        Key: organisationVersionKey,
        ...unchanged(version),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: conflict,
    shared: `require ${version}`,
  };
}

const unchanged = (version: number, values: Record<string, number> = {}) => ({
  ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
  ExpressionAttributeNames: { '#version': 'version' },
  ...((version !== 0 || Object.keys(values).length > 0) && {
    ExpressionAttributeValues: { ...values, ...(version !== 0 && { ':version': version }) },
  }),
});
