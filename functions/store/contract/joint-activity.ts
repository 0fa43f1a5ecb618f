import type { JointActivity } from '../../domain/joint/joint-activity.ts';
import type { IsoDate } from '../../domain/time.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface JointActivityStore {
  get(id: string): Promise<Stored<JointActivity> | null>;
  /** In which people of a unit, or a person, take part, the latest beginning first: two reads a page. */
  of(
    whom: { readonly unitId: string } | { readonly staffId: string },
    page: PageRequest,
  ): Promise<Page<Stored<JointActivity>>>;
  /** Open ones that begin on a day or later, in which somebody's part waits for a decision: as of a moment ago. */
  waiting(since: IsoDate): Promise<readonly Stored<JointActivity>[]>;
  /** Also enters it with each unit and person that is new in it. */
  save(before: Stored<JointActivity> | null, after: JointActivity): Write;
}
