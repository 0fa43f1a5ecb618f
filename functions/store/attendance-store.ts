import type { Attendance } from '../domain/allowance/attendance.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { AttendanceStore } from './contract/attendance.ts';
import { attendanceKey, auditName } from './keys.ts';
import { attendance } from './schemas/attendance.ts';
import type { Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<Attendance>('ATTENDANCE#', attendance);

export function attendanceStore(table: Table): AttendanceStore {
  return {
    getMany: async (keys) =>
      (await getItems(table, keys.map(attendanceKey))).map((item) =>
        item === undefined ? null : codec.read(item),
      ),
    save: (before, after) =>
      prepare({
        audit: auditName.attendance(after),
        key: attendanceKey(after),
        ...codec.change(before, after),
        attributes: {},
        ifPresent: conflict,
      }),
  };
}
