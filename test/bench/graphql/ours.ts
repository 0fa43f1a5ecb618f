/** Kinerja: the deployed bundle, its handler called as Lambda calls it. */
import { pathToFileURL } from 'node:url';
import type { HttpHandler } from '../../../functions/graphql/endpoint.ts';
import { httpEvent } from '../http-event.ts';
import { contend } from './contender.ts';
import { NOW, OPERATIONS } from './operations.ts';

/** The region's data is of one year, whatever year it is. */
const RealDate = Date;
const shift = Date.parse(NOW) - Date.now();
globalThis.Date = class extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given[0] ?? RealDate.now() + shift);
  }
  static override now(): number {
    return RealDate.now() + shift;
  }
} as DateConstructor;

contend<string>(async (file) => {
  const { handler }: { handler: HttpHandler } = await import(pathToFileURL(file).href);
  return async (operation, time) => {
    const asked = OPERATIONS[operation];
    if (asked === undefined) throw new Error(`no operation ${operation}`);
    const { query, variables } = asked.ours(time);
    const staffId = asked.staffId(time);
    const { body = '' } = await handler(
      httpEvent(query, variables, staffId === null ? undefined : { staffId }),
    );
    if (body.includes('"errors"') || body.includes('"userErrors":[{'))
      throw new Error(`${asked.name}: ${body.slice(0, 500)}`);
    return body;
  };
});
