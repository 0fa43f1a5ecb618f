import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailingStage } from './synthesis.ts';

/**
 * The stage `test` as one that sends mails. Synthesis takes seconds: the first test file of a run that asks does it for all, into
 * the run's folder. (Two that ask at once both do it, and come to the same.)
 */
export async function mailingStage(folder: string): Promise<MailingStage> {
  const file = join(folder, 'mailing-stage.json');
  if (!existsSync(file)) {
    const { synthesiseMailingStage } = await import('./synthesis.ts');
    const own = `${file}.${process.pid}`;
    writeFileSync(own, JSON.stringify(synthesiseMailingStage()));
    renameSync(own, file);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
