import { educationIndicators, educationUnits } from './region/education.ts';
import { governmentIndicators, governmentUnits, secretariat } from './region/government.ts';
import { healthIndicators, healthUnits } from './region/health.ts';
import type { DemoIndicator, DemoUnit } from './region/shapes.ts';
import { subDistrictIndicators, subDistrictUnits } from './region/sub-district.ts';
import { tourismIndicators, tourismUnits } from './region/tourism.ts';

/**
 * The demo region: a made-up kabupaten, modelled on the regional example in the annex of PermenPANRB 6/2022 (a health
 * agency and its puskesmas), with an education agency, a tourism agency and a sub-district beside it. Places and people are
 * invented; the indicators are the ones that such agencies report. Who is who follows from the order of the units.
 */
export const units: readonly DemoUnit[] = [
  secretariat,
  ...healthUnits,
  ...educationUnits,
  ...tourismUnits,
  ...subDistrictUnits,
  ...governmentUnits,
];

export const indicators: readonly DemoIndicator[] = [
  ...healthIndicators,
  ...educationIndicators,
  ...tourismIndicators,
  ...subDistrictIndicators,
  ...governmentIndicators,
];
