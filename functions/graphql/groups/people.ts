import { allowanceResolvers } from '../allowance/allowance-resolvers.ts';
import { announcementResolvers } from '../announcement/announcement-resolvers.ts';
import { auditResolvers } from '../audit/audit-resolvers.ts';
import { combine } from '../combine.ts';
import { forumResolvers } from '../forum/forum-resolvers.ts';
import { goalResolvers } from '../goal/goal-resolvers.ts';
import { indicatorResolvers } from '../indicator/indicator-resolvers.ts';
import { instrumentResolvers } from '../instrument/instrument-resolvers.ts';
import { noticeResolvers } from '../notice/notice-resolvers.ts';
import { periodResolvers } from '../period/period-resolvers.ts';
import { policyResolvers } from '../policy/policy-resolvers.ts';
import { regionResolvers } from '../region/region-resolvers.ts';
import { satisfactionResolvers } from '../satisfaction/satisfaction-resolvers.ts';
import { staffResolvers } from '../staff/staff-resolvers.ts';
import { taskResolvers } from '../task/task-resolvers.ts';
import { careerResolvers } from '../training/career-resolvers.ts';
import { trainingResolvers } from '../training/training-resolvers.ts';
import { unitResolvers } from '../unit/unit-resolvers.ts';
import { viewerResolvers } from '../viewer/viewer-resolvers.ts';

/** What belongs to the region, its units and its people, and what they are told and asked. */
export const resolvers = combine([
  viewerResolvers,
  unitResolvers,
  staffResolvers,
  regionResolvers,
  policyResolvers,
  instrumentResolvers,
  periodResolvers,
  goalResolvers,
  indicatorResolvers,
  taskResolvers,
  noticeResolvers,
  announcementResolvers,
  forumResolvers,
  trainingResolvers,
  careerResolvers,
  allowanceResolvers,
  auditResolvers,
  satisfactionResolvers,
]);
