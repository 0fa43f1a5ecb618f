import type { UnitAssessment } from '../domain/evaluation/unit-assessment.ts';
import { getItems } from './batch-get.ts';
import { entityCodec } from './codec.ts';
import { conflict } from './commit.ts';
import type { UnitAssessmentStore } from './contract/unit-assessment.ts';
import { auditName, unitAssessmentKey } from './keys.ts';
import { unitAssessment } from './schemas/unit-assessment.ts';
import { getItem, type Table } from './table.ts';
import { prepare } from './write.ts';

const codec = entityCodec<UnitAssessment>('WORK# / UNITSET#', unitAssessment);

export function unitAssessmentStore(table: Table): UnitAssessmentStore {
  return {
    get: async (periodId, unitId) => {
      const item = await getItem(table, unitAssessmentKey(periodId, unitId));
      return item === undefined ? null : codec.read(item);
    },
    getMany: async (keys) =>
      (
        await getItems(
          table,
          keys.map(({ periodId, unitId }) => unitAssessmentKey(periodId, unitId)),
        )
      ).map((item) => (item === undefined ? null : codec.read(item))),
    save: (before, after) =>
      prepare(
        {
          audit: auditName.unitAssessment(after.periodId, after.unitId),
          key: unitAssessmentKey(after.periodId, after.unitId),
          ...codec.change(before, after),
          attributes: {},
          ifPresent: conflict,
        },
        undefined,
        [{ kind: 'OPEN', periodId: after.periodId }],
      ),
  };
}
