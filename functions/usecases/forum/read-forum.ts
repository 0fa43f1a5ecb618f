import type { Actor } from '../../domain/access-policy.ts';
import type { Post, Topic } from '../../domain/forum/forum.ts';
import { reject } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/contract/stored.ts';
import { authorise, permits } from '../authorise.ts';
import type { Deps } from '../deps.ts';

/** A topic or post as a reader sees it: without its text and title where it is hidden, but for moderators. */
export type Shown<Entry extends Topic | Post> = Omit<Entry, 'text' | 'title'> & {
  readonly title: string | null;
  readonly text: string | null;
};

export type ShownTopic = Shown<Topic>;
export type ShownPost = Shown<Post>;

/** Topics of a unit, the latest first. @throws Rejection FORBIDDEN, NOT_FOUND */
export async function readTopics(
  deps: Deps,
  actor: Actor,
  unitId: string,
  page: PageRequest,
): Promise<Page<Shown<Topic>>> {
  if (!(await deps.store.organisation.load()).units.has(unitId))
    throw reject('NOT_FOUND', 'unitId', { id: unitId });
  await authorise(deps, actor, 'Query.topics', { unitId });
  const show = await shower(deps, actor, unitId);
  const { items, hasMore } = await deps.store.forum.topics(unitId, page);
  return { items: items.map(({ value, position }) => ({ value: show(value), position })), hasMore };
}

/** One topic; null when there is none. @throws Rejection FORBIDDEN */
export async function readTopic(deps: Deps, actor: Actor, id: string): Promise<Shown<Topic> | null> {
  const topic = await deps.store.forum.topic(id);
  if (topic === null) return null;
  await authorise(deps, actor, 'Query.topic', { unitId: topic.unitId });
  return (await shower(deps, actor, topic.unitId))(topic);
}

/** Posts to a topic that the reader may read, the oldest first. */
export async function readPosts(
  deps: Deps,
  actor: Actor,
  { id, unitId }: Pick<Topic, 'id' | 'unitId'>,
  page: PageRequest,
): Promise<Page<Shown<Post>>> {
  const show = await shower(deps, actor, unitId);
  const { items, hasMore } = await deps.store.forum.posts(id, page);
  return { items: items.map(({ value, position }) => ({ value: show(value), position })), hasMore };
}

/** A topic or post after a change, for the one who made it. */
export const shownTo = async <Entry extends Topic | Post>(
  deps: Deps,
  actor: Actor,
  entry: Entry,
  unitId: string,
): Promise<Shown<Entry>> => (await shower(deps, actor, unitId))(entry);

/** Who may moderate reads what is hidden, and so does an inspector. */
async function shower(deps: Deps, actor: Actor, unitId: string) {
  const seesAll =
    actor.roles.has('AUDITOR') || (await permits(deps, actor, 'Mutation.moderatePost', { unitId }));
  return <Entry extends Topic | Post>(entry: Entry): Shown<Entry> => {
    const hide = entry.hidden !== null && !seesAll;
    return {
      ...entry,
      title: 'title' in entry && !hide ? entry.title : null,
      text: hide ? null : entry.text,
    };
  };
}
