import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

const BUNDLED = /file:\/\/(\/[^\s()]+\.mjs):(\d+):(\d+)/;
/** What stands before the repository's own folders in the name of a source. */
const ABOVE = /^.*?(?=(?:functions|node_modules)\/)/;

/** By file; null where a file has none. */
const maps = new Map<string, SourceMap | null>();

/**
 * A frame of a stack with its place in the source, `functions/store/table.ts:18`, where it names one in a bundle that has its
 * source map beside it; else the frame as it is. Maps are read with the first error: no process that starts waits for them.
 */
export function inSource(frame: string): string {
  const [place, file = '', line, column] = BUNDLED.exec(frame) ?? [];
  if (place === undefined) return frame;
  const entry = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (entry === undefined || !('originalSource' in entry)) return frame;
  return frame.replace(place, `${entry.originalSource.replace(ABOVE, '')}:${entry.originalLine + 1}`);
}

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const map = readMap(file);
  maps.set(file, map);
  return map;
}

function readMap(file: string): SourceMap | null {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
  } catch {
    return null;
  }
}
