import { canonicalJson } from '../domain/canonical-json.ts';
import type { Indicator } from '../domain/indicator/indicator.ts';
import { problem } from '../domain/problem.ts';
import { getItems } from './batch-get.ts';
import { entityCodec, pack, readBody } from './codec.ts';
import {
  auditName,
  codeSort,
  definitionKey,
  definitionPrefix,
  indicatorCodeKey,
  indicatorKey,
  indicatorsOfUnitPartition,
  indicatorsPartition,
} from './keys.ts';
import * as schemas from './schemas.ts';
import type { IndicatorStore } from './store.ts';
import { getItem, queryAll, queryList, type Table } from './table.ts';
import { uniqueness } from './uniqueness.ts';
import { type Action, prepare } from './write.ts';

const codec = entityCodec<Indicator>('INDICATOR# / INDICATOR', schemas.indicator);
const DEFINITION = 'INDICATOR# / DEFINITION#';

export function indicatorStore(table: Table): IndicatorStore {
  const get: IndicatorStore['get'] = async (id) => {
    const item = await getItem(table, indicatorKey(id));
    return item === undefined ? null : codec.read(item);
  };
  return {
    get,
    getMany: async (ids) =>
      (await getItems(table, ids.map(indicatorKey))).map((item) =>
        item === undefined ? null : codec.read(item),
      ),
    byCode: async (unitId, code) => {
      const item = await getItem(table, indicatorCodeKey(unitId, code));
      return item === undefined ? null : get(String(item['id']));
    },
    getDefinitions: async (keys) =>
      (
        await getItems(
          table,
          keys.map(({ indicatorId, definition }) => definitionKey(indicatorId, definition)),
        )
      ).map((item) =>
        item === undefined ? null : readBody(DEFINITION, schemas.indicatorDefinition, item['body']),
      ),
    definitions: async (id) =>
      (await queryAll(table, { pk: indicatorKey(id).pk, prefix: definitionPrefix })).map((item) =>
        readBody(DEFINITION, schemas.indicatorDefinition, item['body']),
      ),
    list: (unitId, page) =>
      queryList(
        table,
        unitId === null
          ? { index: 'gsi2', pk: indicatorsPartition }
          : { index: 'gsi1', pk: indicatorsOfUnitPartition(unitId) },
        page,
        codec.read,
      ),
    save: (before, after) => {
      const sort = codeSort(after.code, after.id);
      return prepare(
        {
          audit: auditName.indicator(after.id),
          key: indicatorKey(after.id),
          ...codec.change(before, after),
          attributes: {
            gsi2pk: indicatorsPartition,
            gsi2sk: sort,
            ...(after.unitId !== null && { gsi1pk: indicatorsOfUnitPartition(after.unitId), gsi1sk: sort }),
          },
          ifPresent: () => problem('ALREADY_EXISTS', 'id', { id: after.id }),
        },
        () => [
          ...(before?.current.definition === after.current.definition ? [] : [putDefinition(table, after)]),
          ...uniqueness(table, {
            field: 'code',
            owner: after.id,
            before: before && { key: indicatorCodeKey(before.unitId, before.code) },
            after: { key: indicatorCodeKey(after.unitId, after.code), shown: after.code },
          }),
        ],
      );
    },
  };
}

/** A definition is written once and never changes. */
function putDefinition(table: Table, { id, current }: Indicator): Action {
  const key = definitionKey(id, current.definition);
  return {
    key,
    item: {
      Put: {
        TableName: table.name,
        Item: { ...key, body: pack(canonicalJson(current)) },
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    },
    refusal: () => problem('ALREADY_EXISTS', 'definition', { id: current.definition }),
  };
}
