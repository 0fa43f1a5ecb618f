/** The two files of real data, as they were published. */
export const KPI_FILE = new URL('./data/kpi-actuals.csv', import.meta.url).pathname;
export const RATINGS_FILE = new URL('./data/ratings.csv', import.meta.url).pathname;
