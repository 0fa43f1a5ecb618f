/** States in the words of a refusal (WRONG_STATE, PERIOD_NOT_OPEN). One name says the same of whatever is in that state. */
export const stateWords = {
  DRAFT: { id: 'masih konsep', en: 'still a draft' },
  PROPOSED: { id: 'sedang diajukan', en: 'proposed' },
  CHANGES_REQUESTED: { id: 'diminta diubah', en: 'changes were asked for' },
  AGREED: { id: 'sudah disepakati', en: 'agreed' },
  ACTIVE: { id: 'sudah berlaku', en: 'in force' },
  PLANNED: { id: 'baru direncanakan', en: 'only planned' },
  OPEN: { id: 'sedang terbuka', en: 'open' },
  CLOSING: { id: 'sedang ditutup', en: 'being closed' },
  PUBLISHED: { id: 'sudah diumumkan', en: 'published' },
  FINAL: { id: 'sudah final', en: 'final' },
  // Realisations, activities
  REPORTED: { id: 'sudah dilaporkan', en: 'reported' },
  VERIFIED: { id: 'sudah diverifikasi', en: 'verified' },
  REJECTED: { id: 'ditolak', en: 'rejected' },
  RETURNED: { id: 'dikembalikan', en: 'returned' },
  WITHDRAWN: { id: 'sudah ditarik', en: 'withdrawn' },
  // Objections
  FILED: { id: 'sudah diajukan', en: 'filed' },
  EXPLAINED: { id: 'sudah dijelaskan', en: 'explained' },
  UPHELD: { id: 'hasilnya sudah dikuatkan', en: 'the result was upheld' },
  CHANGED: { id: 'hasilnya sudah diubah', en: 'the result was changed' },
  SUPERSEDED: { id: 'gugur karena periode dibuka kembali', en: 'superseded: the period was opened again' },
  // Guidance
  ACKNOWLEDGED: { id: 'sudah dibaca', en: 'acknowledged' },
  FOLLOWED_UP: { id: 'sudah ditindaklanjuti', en: 'followed up' },
  // Follow-up
  GRANTED: { id: 'sudah ditetapkan', en: 'granted' },
  ENDED: { id: 'sudah berakhir', en: 'ended' },
  // Work across units, topics
  APPROVED: { id: 'sudah disetujui', en: 'approved' },
  FINISHED: { id: 'sudah selesai', en: 'finished' },
  CANCELLED: { id: 'sudah dibatalkan', en: 'cancelled' },
  DECLINED: { id: 'tidak disetujui', en: 'declined' },
  ANSWERED: { id: 'sudah dijawab', en: 'answered' },
  // Training
  ENROLLED: { id: 'sudah terdaftar', en: 'enrolled' },
  WAITING: { id: 'masih menunggu', en: 'still waiting' },
  COMPLETED: { id: 'sudah diselesaikan', en: 'completed' },
  NOT_COMPLETED: { id: 'tidak diselesaikan', en: 'not completed' },
  // Codes of a survey, jobs
  VOID: { id: 'sudah tidak berlaku', en: 'void' },
  RUNNING: { id: 'sedang berjalan', en: 'running' },
  DONE: { id: 'sudah selesai', en: 'done' },
  FAILED: { id: 'gagal', en: 'failed' },
} as const satisfies Readonly<Record<string, Readonly<Record<'id' | 'en', string>>>>;

/** A state in which something can be when a change of it is refused: what a refusal names must have words. */
export type StateName = keyof typeof stateWords;
