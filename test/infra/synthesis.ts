import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import * as z from 'zod';
import { addStacks, type Stacks } from '../../infra/app-stacks.ts';
import { DEFAULT_SETTINGS, type StageSettings } from '../../infra/settings.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.optional(z.record(z.string(), z.unknown())),
});
const templateSchema = z.looseObject({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.optional(z.record(z.string(), z.looseObject({ Value: z.unknown() }))),
});

export type Template = z.infer<typeof templateSchema>;
export type Resource = z.infer<typeof resourceSchema> & { readonly logicalId: string };
export type Templates = Readonly<Record<keyof Stacks, Template>>;

export interface SynthesisOptions {
  readonly settings?: Partial<StageSettings>;
  /** Changes the stacks before they are synthesised. */
  readonly change?: (stacks: Stacks) => void;
}

/** What a stage that sends mails says. */
export const MAIL = { from: 'Kinerja <kinerja@daerah.go.id>', identity: 'daerah.go.id' };

const CONTEXT = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

/** Synthesises the stage `test` into a folder, bundles included, as a deployment does; the assets lie in it. */
export const synthesiseBundles = (outdir: string): Stacks => {
  const app = new App({ outdir, analyticsReporting: false, context: CONTEXT });
  const stacks = addStacks(app, 'test', { ...DEFAULT_SETTINGS, mail: MAIL });
  app.synth();
  return stacks;
};

/** Synthesises the stage `test` with its checks, without bundling. @throws what a failed check throws */
export const synthesise = ({ settings, change }: SynthesisOptions = {}): Templates => {
  const outdir = mkdtempSync(join(tmpdir(), 'kinerja-synth-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      context: { ...CONTEXT, 'aws:cdk:bundling-stacks': [] },
    });
    const stacks = addStacks(app, 'test', { ...DEFAULT_SETTINGS, ...settings });
    change?.(stacks);
    const assembly = app.synth();
    const templateOf = (part: keyof Stacks): Template =>
      templateSchema.parse(assembly.getStackArtifact(stacks[part].artifactId).template);
    return {
      data: templateOf('data'),
      jobs: templateOf('jobs'),
      api: templateOf('api'),
      close: templateOf('close'),
      ops: templateOf('ops'),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

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
