/** The year of the demo; its first quarter is closed while loading, the second one is left due, the third runs. */
export const DEMO_YEAR = 2026;
export const CLOSED_QUARTER = '2026-Q1';
export const DUE_QUARTER = '2026-Q2';
export const RUNNING_QUARTER = '2026-Q3';

/** The year before, in which the region tried the system with one puskesmas. */
export const TRIAL_YEAR = 2025;
export const TRIAL_YEAR_ID = String(TRIAL_YEAR);
export const TRIAL_QUARTERS = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4'] as const;
/** Its last month, closed as a period of its own. */
export const TRIAL_MONTH = '2025-12';
/** The quarter whose peers were drawn, and that was corrected when the year was final. */
export const DRAWN_QUARTER = '2025-Q4';
