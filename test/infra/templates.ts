import * as z from 'zod';
import type { Stacks } from '../../infra/app-stacks.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});
export const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.optional(z.record(z.string(), z.looseObject({ Value: z.unknown() }))),
});

export type Template = z.infer<typeof templateSchema>;
export type Resource = z.infer<typeof resourceSchema> & { readonly logicalId: string };
export type Templates = Readonly<Record<keyof Stacks, Template>>;

/** The resources of a type, in the order of the template. */
export const resourcesOf = (template: Template, type: string): readonly Resource[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([logicalId, resource]) => ({ ...resource, logicalId }));

/** The one resource of a type. @throws Error when there is none, or more */
export const resourceOf = (template: Template, type: string): Resource => {
  const [resource, ...others] = resourcesOf(template, type);
  if (resource === undefined || others.length > 0)
    throw new Error(`${others.length + 1} resources of ${type}`);
  return resource;
};
