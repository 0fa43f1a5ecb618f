/** A chart as data: what is drawn, and what it says to who cannot see it. */
export interface ChartSpec {
  readonly form: 'LINE' | 'BARS' | 'ROWS';
  readonly title: string;
  /** What the axis of values measures. */
  readonly unit: string;
  readonly categories: readonly string[];
  /** One a category; null: not measured or hidden, which is drawn as a gap and never as zero. */
  readonly values: readonly (number | null)[];
  /** The value as it is written, or the word for there being none. */
  readonly labels: readonly string[];
  /** Bounds of the axis of values; null: as the values ask. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

/** The chart in words: its title and every category with its value. */
export const describeChart = ({ title, categories, labels }: ChartSpec): string =>
  `${title}. ${categories.map((category, at) => `${category}: ${labels[at] ?? ''}`).join('; ')}.`;
