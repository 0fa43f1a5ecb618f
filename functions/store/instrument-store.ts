import * as z from 'zod/mini';
import { canonicalJson } from '../domain/canonical-json.ts';
import { problem } from '../domain/problem.ts';
import { defaultInstruments } from '../domain/rating/instrument.ts';
import { check, readBody } from './codec.ts';
import {
  auditName,
  instrumentKey,
  instrumentsPartition,
  retiredInstrumentKey,
  retiredInstrumentsPartition,
} from './keys.ts';
import { type Shape, shape, text } from './schemas/forms.ts';
import * as schemas from './schemas.ts';
import type { InstrumentStore } from './store.ts';
import { getItem, queryAll, type Table } from './table.ts';
import { requireUnchanged } from './version-check.ts';
import { prepare } from './write.ts';

const INSTRUMENT = 'INSTRUMENTS / id#version';
const RETIREMENT = 'RETIRED_INSTRUMENTS / id';
const retirement: Shape<{ readonly id: string }> = shape(() => z.object({ id: text }));

export function instrumentStore(table: Table): InstrumentStore {
  return {
    get: async (id, version) => {
      const item = await getItem(table, instrumentKey(id, version));
      if (item !== undefined) return readBody(INSTRUMENT, schemas.instrument, item['body']);
      return defaultInstruments.find((each) => each.id === id && each.version === version) ?? null;
    },
    // Those that every region starts with are there unless it has written them itself.
    list: async () => {
      const written = (await queryAll(table, { pk: instrumentsPartition })).map((item) =>
        readBody(INSTRUMENT, schemas.instrument, item['body']),
      );
      return [
        ...defaultInstruments.filter(
          ({ id, version }) => !written.some((each) => each.id === id && each.version === version),
        ),
        ...written,
      ];
    },
    retired: async () =>
      new Set(
        (await queryAll(table, { pk: retiredInstrumentsPartition })).map(
          (item) => readBody(RETIREMENT, retirement, item['body']).id,
        ),
      ),
    retire: (id, left) =>
      prepare(
        {
          audit: auditName.instrumentRetirement(id),
          key: retiredInstrumentKey(id),
          versionBefore: 0,
          hashBefore: null,
          text: canonicalJson(check(RETIREMENT, retirement, { id })),
          attributes: {},
          ifPresent: () => problem('RETIRED', 'id', { id }),
        },
        () => [requireUnchanged(table, retiredInstrumentKey(left), 0)],
      ),
    // Each version is an entity of its own: written once, with a trail of one entry.
    add: (instrument) =>
      prepare({
        audit: auditName.instrument(instrument.id, instrument.version),
        key: instrumentKey(instrument.id, instrument.version),
        versionBefore: 0,
        hashBefore: null,
        text: canonicalJson(check(INSTRUMENT, schemas.instrument, instrument)),
        attributes: {},
        ifPresent: () =>
          problem('ALREADY_EXISTS', 'version', { id: `${instrument.id} ${instrument.version}` }),
      }),
  };
}
