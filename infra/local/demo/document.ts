import type { Persona, Runtime } from '../runtime.ts';
import { change, clientOf, found } from './demo-client.ts';
import { CLOSED_QUARTER } from './demo-year.ts';

/** A nurse has asked for the document of the closed quarter; it is made in the background. */
export async function askForDocument(runtime: Runtime, personas: readonly Persona[]): Promise<void> {
  const { username } = found(personas[0]);
  const asNurse = await clientOf(runtime, username, []);
  await change(asNurse, 'requestDocument', 'DocumentInput', {
    kind: 'EVALUATION',
    staffId: username,
    periodId: CLOSED_QUARTER,
  });
}
