import type { TrustCheck } from './finding.ts';

/** The checks of `npm run trust` in the order of its table. Each loads its program when it runs. */
export const CHECKS: readonly TrustCheck[] = [
  {
    name: 'authorisation',
    section: 'attacks',
    run: async () => (await import('./authorisation/check.ts')).check(),
  },
  {
    name: 'competition',
    section: 'competition',
    run: async (options) => (await import('./competition/check.ts')).checkCompetition(options),
  },
  {
    name: 'restore',
    section: 'restore',
    run: async () => (await import('./restore/drill.ts')).drill(),
  },
  {
    name: 'faults',
    section: 'faults',
    run: async (options) => (await import('./faults/check.ts')).check(options),
  },
  {
    name: 'hostile',
    section: 'attacks',
    run: async (options) => (await import('./hostile/hostile.ts')).check(options),
  },
  {
    name: 'bundles',
    section: 'supply',
    run: async () => (await import('./bundles/bundles.ts')).check(),
  },
  {
    name: 'dependencies',
    section: 'supply',
    run: async () => (await import('./dependencies/dependencies.ts')).check(),
  },
  {
    name: 'injection',
    section: 'attacks',
    run: async (options) => (await import('./injection/injection.ts')).check(options),
  },
  {
    name: 'tokens',
    section: 'attacks',
    run: async () => (await import('./tokens/tokens.ts')).check(),
  },
  {
    name: 'timing',
    section: 'attacks',
    run: async (options) => (await import('./timing/timing.ts')).check(options),
  },
  {
    name: 'region',
    section: 'attacks',
    run: async () => (await import('./region/region.ts')).check(),
  },
];
