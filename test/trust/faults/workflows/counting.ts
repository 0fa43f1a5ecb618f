import type { Workflow } from '../cloud.ts';
import { finalise } from './objections.ts';

/** Counts how often it was done, which no step of the product may: what a harness that works finds wrong. */
export const counting: Workflow = {
  ...finalise,
  name: 'counting',
  drive: (services) =>
    services.invoke('count', async ({ store }) => {
      const { round } = await store.audit.checkpoint();
      await store.audit.saveCheckpoint({ round: round + 1, station: null, trail: null });
      await store.audit.checkpoint();
    }),
};
