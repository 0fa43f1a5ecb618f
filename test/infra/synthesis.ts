import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import cdk from '../../cdk.json' with { type: 'json' };
import { addStacks, type Stacks } from '../../infra/app-stacks.ts';
import { ServiceFunction } from '../../infra/service-function.ts';
import { DEFAULT_SETTINGS, type StageSettings } from '../../infra/settings.ts';
import { type Template, type Templates, templateSchema } from './templates.ts';

export interface SynthesisOptions {
  readonly settings?: Partial<StageSettings>;
  /** Changes the stacks before they are synthesised. */
  readonly change?: (stacks: Stacks) => void;
}

/** What a stage that sends mails says. */
export const MAIL = { from: 'Kinerja <kinerja@daerah.go.id>', identity: 'daerah.go.id' };

/** Synthesises the stage `test` into a folder, bundles included, as a deployment does; the assets lie in it. */
export const synthesiseBundles = (outdir: string): Stacks => {
  const app = new App({ outdir, analyticsReporting: false, context: cdk.context });
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
      context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] },
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

/** The stage `test` as one that sends mails. */
export interface MailingStage {
  readonly templates: Templates;
  /** The Lambda entry behind each role of a function, by the role's logical id. */
  readonly entries: Readonly<Record<string, string>>;
}

/** Synthesises the stage `test` with its checks as one that sends mails. */
export const synthesiseMailingStage = (): MailingStage => {
  const entries: Record<string, string> = {};
  const templates = synthesise({
    settings: { mail: MAIL },
    change: (stacks) => {
      for (const stack of Object.values(stacks))
        for (const found of stack.node.findAll())
          if (found instanceof ServiceFunction) {
            const role = found.lambda.role?.node.defaultChild;
            if (role instanceof CfnRole) entries[Stack.of(found).getLogicalId(role)] = found.entry;
          }
    },
  });
  return { templates, entries };
};
