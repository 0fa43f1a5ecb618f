import type { AudienceRole } from './domain/notice/notice.ts';

/** The group of the user pool that gives each role beyond STAFF. */
export const GROUP_OF_ROLE: Readonly<Record<AudienceRole, string>> = {
  HR_ADMIN: 'hr_admin',
  PLANNER: 'planner',
  AUDITOR: 'auditor',
};
