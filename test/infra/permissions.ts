import * as z from 'zod';
import type { Template, Templates } from './templates.ts';

const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z
    .union([item, z.array(item)])
    .transform((value): z.output<Item>[] => (Array.isArray(value) ? value : [value]));

const statementSchema = z.looseObject({
  Effect: z.string(),
  Action: oneOrMore(z.string()),
  Resource: oneOrMore(z.unknown()),
});
const documentSchema = z.looseObject({ Statement: z.array(statementSchema) });
const policySchema = z.looseObject({
  PolicyDocument: documentSchema,
  Roles: z.array(z.object({ Ref: z.string() })),
});
const roleSchema = z.looseObject({
  ManagedPolicyArns: z.optional(z.array(z.unknown())),
  Policies: z.optional(z.array(z.unknown())),
});

/** What a role may do: one action on one resource. */
export interface Permission {
  readonly role: string;
  readonly effect: string;
  readonly action: string;
  /** Flat: references as `<LogicalId.Attribute>` or `<LogicalId>`. */
  readonly resource: string;
}

/** Writes a CloudFormation value as text, with references in angle brackets. */
export const flatten = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(flatten).join(join.data['Fn::Join'][0]);
  const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).safeParse(value);
  if (attribute.success) return `<${attribute.data['Fn::GetAtt'].join('.')}>`;
  const reference = z.object({ Ref: z.string() }).safeParse(value);
  if (reference.success) return `<${reference.data.Ref}>`;
  const imported = z.object({ 'Fn::ImportValue': z.string() }).safeParse(value);
  if (imported.success) return `<${imported.data['Fn::ImportValue']}>`;
  const output = z
    .object({ 'Fn::GetStackOutput': z.object({ StackName: z.string(), OutputName: z.string() }) })
    .safeParse(value);
  if (output.success) {
    const { StackName, OutputName } = output.data['Fn::GetStackOutput'];
    return `<${StackName}:${OutputName}>`;
  }
  return JSON.stringify(value);
};

const permissionsIn = (template: Template): readonly Permission[] =>
  Object.values(template.Resources).flatMap((resource) => {
    if (resource.Type !== 'AWS::IAM::Policy') return [];
    const { PolicyDocument, Roles } = policySchema.parse(resource.Properties);
    return PolicyDocument.Statement.flatMap(({ Effect, Action, Resource }) =>
      Roles.flatMap(({ Ref }) =>
        Action.flatMap((action) =>
          Resource.map((on) => ({ role: Ref, effect: Effect, action, resource: flatten(on) })),
        ),
      ),
    );
  });

/** Every permission that a policy of the stacks gives to a role. */
export const permissionsOf = (templates: Templates): readonly Permission[] =>
  Object.values(templates).flatMap(permissionsIn);

/** Policies that a role has by other ways than a policy resource. */
export const otherPoliciesOf = (templates: Templates): readonly unknown[] =>
  Object.values(templates).flatMap((template: Template) =>
    Object.values(template.Resources).flatMap((resource) => {
      if (resource.Type === 'AWS::IAM::ManagedPolicy' || resource.Type === 'AWS::IAM::UserPolicy')
        return [resource];
      if (resource.Type !== 'AWS::IAM::Role') return [];
      const { ManagedPolicyArns = [], Policies = [] } = roleSchema.parse(resource.Properties);
      return [...ManagedPolicyArns, ...Policies];
    }),
  );
