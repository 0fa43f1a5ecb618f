import type { Persona, Runtime } from '../runtime.ts';
import { change, clientOf, found } from './demo-client.ts';
import type { DemoPerson } from './people.ts';

/** A puskesmas, and the agencies whose officers have a role: planning, personnel, the inspectorate. */
const WITH_ADDRESS: readonly string[] = ['1.02.11', '5.01', '5.03', '6.01'];

/** An address that no mail server delivers to (RFC 2606), for the people of some units. */
export const emailOf = ({ nip, unit }: DemoPerson): string | null =>
  WITH_ADDRESS.includes(unit) ? `pegawai-${nip.slice(-4)}@demo.invalid` : null;

/** The assessor wants mails at once, and the personnel officer has asked for the staff as a workbook. */
export async function tellAndExport(runtime: Runtime, personas: readonly Persona[]): Promise<void> {
  const [, assessor, officer] = personas;
  const asAssessor = await clientOf(runtime, found(assessor).username, []);
  await change(asAssessor, 'setNoticePreferences', 'SetNoticePreferencesInput', {
    mail: 'AT_ONCE',
    language: 'ID',
  });
  const asOfficer = await clientOf(runtime, found(officer).username, ['hr_admin']);
  await change(asOfficer, 'requestExport', 'ExportInput', { table: 'STAFF', format: 'XLSX' });
}
