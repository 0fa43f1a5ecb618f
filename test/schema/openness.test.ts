/** As far as the schema and the access policy tell: nothing that is open without a login leads to a person. */
import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { typeDefs } from '../../functions/graphql/generated/type-defs.ts';
import { publicFields } from '../support/public-fields.ts';

const fields = publicFields(buildSchema(typeDefs));

describe('the schema, as far as it is open without a login,', () => {
  test('names no person, nor what one said, is or did', () => {
    const types = new Set(fields.map(({ name }) => name.split('.')[0]));
    for (const type of ['Staff', 'Result', 'Rating', 'Proposal', 'RankingEntry', 'PlanComment', 'AuditEntry'])
      expect([type, types.has(type)]).toEqual([type, false]);

    const personal =
      /nip|staff|person|author|rater|ratee|assessor|actor|member|head|comment|remark|^note$|Note$|reason|justification|position|jobGroup|birth|employment|decidedBy|reportedBy|feedback/i;
    // Why a unit's agreement was amended is part of the agreement.
    const ofUnits = ['PlanContent.reason'];
    const found = fields.map(({ name }) => name).filter((name) => personal.test(name.split('.')[1] ?? ''));
    expect(found.filter((name) => !ofUnits.includes(name))).toEqual([]);
  });

  test('changes nothing but what citizens answer', () => {
    const mutations = fields.filter(({ name }) => name.startsWith('Mutation.')).map(({ name }) => name);
    expect(mutations.sort()).toEqual(['Mutation.answerSurvey', 'Mutation.rateContact']);
  });
});
