/**
 * Runs a command that must not outlive the process that asked for it:
 * `node end-with-parent.ts COMMAND [ARGUMENT…]`, with a pipe as standard input.
 *
 * The pipe closes when the parent ends in whatever way, SIGKILL included, and then the command is ended too.
 * Java does not read its standard input, so it needs this guard beside it.
 */
import { spawn } from 'node:child_process';

const MILLISECONDS_BEFORE_KILL = 3000;

const [command, ...commandArguments] = process.argv.slice(2);
if (command === undefined) {
  process.stderr.write('usage: node end-with-parent.ts COMMAND [ARGUMENT…] < PIPE\n');
  process.exit(64);
}

const child = spawn(command, commandArguments, { stdio: ['ignore', 'inherit', 'inherit'] });

let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), MILLISECONDS_BEFORE_KILL).unref();
};

process.stdin.resume();
process.stdin.on('end', end);
process.stdin.on('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : ending ? 0 : 128)));
