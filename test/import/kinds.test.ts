import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isRequiredInputField,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { describeKinds } from '../../infra/import/describe-kinds.ts';
import { type Column, documentOf, KIND_NAMES, KINDS, type Kind, rolesOf } from '../../infra/import/kinds.ts';
import { readRows } from '../../infra/import/read-rows.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const docs = new URL('../../docs/import/', import.meta.url);

const inputType = (type: unknown): GraphQLInputObjectType => {
  if (!isInputObjectType(type)) throw new TypeError('not an input type');
  return type;
};

const rowFields = (kind: Kind): Readonly<Record<string, GraphQLInputField>> => {
  const { rows } = inputType(schema.getType(kind.inputType)).getFields();
  return rows === undefined ? {} : inputType(getNamedType(rows.type)).getFields();
};

/** The fields that a kind's columns stand for; a plan's lines and what is nested in them lie flat in the file. */
const fieldsOf = (
  kind: Kind,
): Map<string, { readonly field: GraphQLInputField; readonly required: boolean }> => {
  const entries = (fields: Readonly<Record<string, GraphQLInputField>>) =>
    Object.entries(fields).map(
      ([name, field]) => [name, { field, required: isRequiredInputField(field) }] as const,
    );
  const row = entries(rowFields(kind));
  if (kind.planOf === null) return new Map(row);
  const lines = row.find(([name]) => name === 'lines')?.[1];
  const line = new Map(entries(inputType(getNamedType(lines?.field.type)).getFields()));
  const serves = entries(inputType(getNamedType(line.get('serves')?.field.type)).getFields());
  const target = line.get('target');
  const id = line.get('id');
  for (const name of ['id', 'serves', 'monthlyTargets']) line.delete(name);
  const months = Array.from({ length: 12 }, (_, at) => `target${String(at + 1).padStart(2, '0')}`);
  return new Map([
    ...row.filter(([name]) => name !== 'lines'),
    ...(id === undefined ? [] : [['lineId', id] as const]),
    ...line,
    ...serves.map(
      ([name, { field }]) =>
        [`serves${name[0]?.toUpperCase()}${name.slice(1)}`, { field, required: false }] as const,
    ),
    ...(target === undefined ? [] : months.map((month) => [month, target] as const)),
  ]);
};

const choices = ({ type }: Column): readonly string[] | null =>
  typeof type === 'object' ? [...type.oneOf].sort() : null;

describe.each(KIND_NAMES.map((name) => KINDS[name]))('the columns of $name', (kind) => {
  it('are the fields of the mutation, required where they are, with the same choices', () => {
    const fields = fieldsOf(kind);
    expect(kind.columns.map(({ name }) => name).sort()).toEqual([...fields.keys()].sort());
    for (const column of kind.columns) {
      const found = fields.get(column.name);
      const type = getNamedType(found?.field.type);
      expect([column.name, column.required]).toEqual([column.name, found?.required]);
      // An empty cell is null, which a field that must have a value, if only its default, does not take.
      if (kind.planOf === null && !column.required)
        expect([column.name, isNonNullType(found?.field.type)]).toEqual([column.name, false]);
      const values = isEnumType(type)
        ? type
            .getValues()
            .map(({ name }) => name)
            .sort()
        : null;
      expect([column.name, choices(column)]).toEqual([column.name, values]);
    }
  });

  it('are sent by a valid operation', () => {
    expect(validate(schema, parse(documentOf(kind)))).toEqual([]);
  });

  it('have an example in docs/import that can be read', async () => {
    let rows = 0;
    for await (const row of readRows(kind, new URL(`${kind.name}.csv`, docs).pathname)) {
      expect(row).toMatchObject({ kind: 'row' });
      rows++;
    }
    expect(rows).toBeGreaterThan(0);
  });
});

it('docs/import/README.md is printed from the kinds', () => {
  expect(readFileSync(new URL('README.md', docs), 'utf8')).toBe(describeKinds());
});

it('every kind has the roles that may import it', () => {
  expect(Object.fromEntries(KIND_NAMES.map((name) => [name, rolesOf(KINDS[name])]))).toEqual({
    units: ['HR_ADMIN'],
    staff: ['HR_ADMIN'],
    goals: ['PLANNER'],
    indicators: ['PLANNER'],
    agreements: ['PLANNER', 'HR_ADMIN'],
    plans: ['PLANNER', 'HR_ADMIN'],
    realisations: ['PLANNER', 'HR_ADMIN'],
    ratings: ['HR_ADMIN'],
    attendance: ['HR_ADMIN'],
    absences: ['HR_ADMIN'],
  });
});
