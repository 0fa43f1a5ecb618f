import { activityResolvers } from '../activity/activity-resolvers.ts';
import { cascadeResolvers } from '../cascade/cascade-resolvers.ts';
import { combine } from '../combine.ts';
import { dialogueResolvers } from '../dialogue/dialogue-resolvers.ts';
import { evidenceResolvers } from '../evidence/evidence-resolvers.ts';
import { jointActivityResolvers } from '../joint/joint-activity-resolvers.ts';
import { planResolvers } from '../plan/plan-resolvers.ts';
import { progressResolvers } from '../progress/progress-resolvers.ts';
import { realisationResolvers } from '../realisation/realisation-resolvers.ts';
import { templateResolvers } from '../template/template-resolvers.ts';

/** Plans, what is done for them, and talk about them. */
export const resolvers = combine([
  planResolvers,
  dialogueResolvers,
  cascadeResolvers,
  templateResolvers,
  realisationResolvers,
  activityResolvers,
  evidenceResolvers,
  progressResolvers,
  jointActivityResolvers,
]);
