import type { Acknowledgement, Announcement, Audience } from '../../domain/forum/announcement.ts';
import type { Post, Topic } from '../../domain/forum/forum.ts';
import type { Page, PageRequest, Stored, Write } from './stored.ts';

export interface ForumStore {
  topic(id: string): Promise<Stored<Topic> | null>;
  /** Of a unit, the latest first. */
  topics(unitId: string, page: PageRequest): Promise<Page<Stored<Topic>>>;
  post(topicId: string, id: string): Promise<Stored<Post> | null>;
  /** Of a topic, the oldest first. */
  posts(topicId: string, page: PageRequest): Promise<Page<Stored<Post>>>;
  saveTopic(before: Stored<Topic> | null, after: Topic): Write;
  /** A new post is refused with WRONG_STATE when the topic has been answered. */
  savePost(before: Stored<Post> | null, after: Post): Write;
}

/** One list of announcements. */
export type AnnouncementList =
  | { readonly unitId: string; readonly audience: Exclude<Audience, 'REGION'> }
  | 'REGION'
  | 'PUBLIC';

export interface AnnouncementStore {
  get(id: string): Promise<Stored<Announcement> | null>;
  /** The latest first, withdrawn ones too (not in PUBLIC); positions of all lists are in one order. */
  list(of: AnnouncementList, page: PageRequest): Promise<Page<Stored<Announcement>>>;
  save(before: Stored<Announcement> | null, after: Announcement): Write;
  /** In the order of `staffIds`; null: not acknowledged. */
  acknowledgements(
    announcementId: string,
    staffIds: readonly string[],
  ): Promise<readonly (Stored<Acknowledgement> | null)[]>;
  /** In the order of `announcementIds`. */
  acknowledgedBy(
    staffId: string,
    announcementIds: readonly string[],
  ): Promise<readonly (Stored<Acknowledgement> | null)[]>;
  /** Refused with WRONG_STATE when it has been withdrawn, with ALREADY_EXISTS the second time. */
  acknowledge(acknowledgement: Acknowledgement): Write;
}
