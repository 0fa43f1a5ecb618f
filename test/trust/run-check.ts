/** One check in a process of its own, for what it sets up may be there once a process; sends its findings to `run.ts`. */
import { CHECKS } from './checks.ts';

const [name, seed] = process.argv.slice(2);
const check = CHECKS.find((one) => one.name === name);
if (check === undefined) throw new TypeError(`no check is called ${name}`);
// The endpoint reads both when it is loaded.
process.env['LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
const findings = await check.run({ seed: Number(seed) });
process.send?.(findings);
process.disconnect?.();
