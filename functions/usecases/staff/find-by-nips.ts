import type { Staff } from '../../domain/organisation/staff.ts';
import type { Stored } from '../../store/contract/stored.ts';
import type { Deps } from '../deps.ts';
import { importedId } from '../new-id.ts';

/**
 * Staff by NIP, those who are known: imported ones in one batch by the ids that follow from their NIP, the few others (who
 * were registered by hand, or whose NIP was corrected) one by one.
 */
export async function findByNips(
  { store }: Deps,
  nips: readonly string[],
): Promise<ReadonlyMap<string, Stored<Staff>>> {
  const wanted = [...new Set(nips)];
  const found = new Map<string, Stored<Staff>>();
  const imported = await store.staff.getMany(wanted.map((nip) => importedId('s', nip)));
  for (const staff of imported) if (staff !== null) found.set(staff.nip, staff);
  const others = await Promise.all(
    wanted.filter((nip) => !found.has(nip)).map((nip) => store.staff.findByNip(nip)),
  );
  for (const staff of others) if (staff !== null) found.set(staff.nip, staff);
  return found;
}
