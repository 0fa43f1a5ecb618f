/** What the region's vision and mission ask of a unit (sasaran strategis). Goals form a tree. */
export interface Goal {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  /** The unit that answers for the goal; null: the region. */
  readonly unitId: string | null;
  readonly parentId: string | null;
  readonly fromYear: number;
  readonly toYear: number;
  readonly retired: boolean;
  readonly version: number;
}
