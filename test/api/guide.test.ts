import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cascadeTexts, fill, messages } from '../../functions/domain/messages.ts';
import { copyTexts } from '../../functions/domain/plan/copy-text.ts';
import { limits } from '../../functions/graphql/limits.ts';
import { caller, hrAdmin, nobody, send } from './endpoint-client.ts';
import { type EndpointUnderTest, endpointUnderTest } from './endpoint-under-test.ts';
import { createExampleRegion, people, unitId } from './example-region.ts';

const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

interface Example {
  readonly as: string;
  readonly query: string;
  readonly variables: object;
  readonly answer: object | null;
}

const block = (kind: string, language: string) =>
  `<!-- ${kind} -->\\n\`\`\`${language}\\n([\\s\\S]*?)\`\`\`\\n`;
const EXAMPLE = new RegExp(
  `<!-- as: (\\w+) -->\\n\`\`\`graphql\\n([\\s\\S]*?)\`\`\`\\n(?:${block('variables', 'json')})?(?:${block('answer', 'json')})?`,
  'g',
);
const examples: readonly Example[] = [...guide.matchAll(EXAMPLE)].map(
  ([, as = '', query = '', variables = '{}', answer]) => ({
    as,
    query,
    variables: JSON.parse(variables.replace(/\{unit (\w)\}/g, (_, code: string) => unitId(code))),
    answer: answer === undefined ? null : JSON.parse(answer),
  }),
);
const CALLERS = { public: nobody, staff: caller(people.nurse), hr_admin: hrAdmin };

let api: EndpointUnderTest;
beforeAll(async () => {
  api = await endpointUnderTest();
  await createExampleRegion(api);
});
afterAll(() => api.drop());

describe('the guide for client developers', () => {
  test('holds no example that is not run here', () => {
    expect(examples).toHaveLength(guide.split('```graphql').length - 1);
  });

  test('holds examples that work, one after the other', async () => {
    for (const { as, query, variables, answer } of examples) {
      const who = CALLERS[as as keyof typeof CALLERS];
      const { data, errors } = await send(api.handler, who, query, variables);
      expect([query, errors]).toEqual([query, []]);
      if (answer !== null) expect(data).toEqual(answer);
    }
  });

  test('lists every code of a problem with what it says', () => {
    for (const [code, { en }] of Object.entries(messages))
      expect(guide).toContain(`| \`${code}\` | ${fill(en, {})} |`);
  });

  test('lists every code of a warning', () => {
    const table = guide.slice(guide.indexOf('### Warnings'), guide.indexOf('### Files'));
    const listed = [...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(listed.toSorted()).toEqual([...Object.keys(cascadeTexts), ...Object.keys(copyTexts)].sort());
  });

  test('says the limits that hold', () => {
    const row = (number: number) => number.toLocaleString('en');
    for (const limit of [limits.tokens, limits.depth, limits.aliases, limits.rootFields])
      expect(guide).toContain(`| ${row(limit)} |`);
    expect(guide).toContain(`${row(limits.cost)}; without a login ${row(limits.publicCost)}`);
    expect(guide).toContain(`${row(limits.bodyBytes)} bytes`);
  });
});
