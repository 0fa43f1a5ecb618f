import { fill, type Locale, type Message } from '../messages.ts';
import type { NoticeKind, NoticeRefs } from './notice.ts';

/**
 * What each notice says, as the subject of a mail and as a sentence. Neither names a person or a figure of one: the same
 * words go into mails, which others may read. `{period}`, `{month}` and `{days}` are ids and numbers of public things.
 */
export const noticeTexts: Readonly<Record<NoticeKind, { readonly title: Message; readonly text: Message }>> =
  {
    PERIOD_OPENED: {
      title: { id: 'Periode {period} dibuka', en: 'Period {period} is open' },
      text: {
        id: 'Periode penilaian {period} sudah dibuka: laporkan realisasi dan isi penilaian sebelum ditutup',
        en: 'The evaluation period {period} is open: report what was reached and rate before it closes',
      },
    },
    PERIOD_REOPENED: {
      title: { id: 'Periode {period} dibuka kembali', en: 'Period {period} is open again' },
      text: {
        id: 'Periode penilaian {period} dibuka kembali untuk perbaikan data; hasil yang sudah diumumkan tetap berlaku sampai ditutup lagi',
        en: 'The evaluation period {period} is open again so that data can be mended; what was published holds until its next close',
      },
    },
    CLOSE_MOVED: {
      title: {
        id: 'Waktu penutupan periode {period} diubah',
        en: 'Period {period} closes at another time',
      },
      text: {
        id: 'Waktu penutupan periode penilaian {period} diubah; tenggat yang baru tampak di daftar tugas dan pada periode itu',
        en: 'The evaluation period {period} closes at another time than was announced; your tasks and the period itself show it',
      },
    },
    POLICY_CHANGED: {
      title: {
        id: 'Aturan penilaian periode {period} diubah',
        en: 'Period {period} is evaluated by other rules',
      },
      text: {
        id: 'Kebijakan baru berlaku untuk periode penilaian {period} yang sedang dibuka; aturannya, misalnya bobot penilai dan ambang batas, dapat dibaca pada daftar kebijakan',
        en: 'A new policy holds for the evaluation period {period}, which is open; its rules, such as the weights of raters and the bands, can be read among the policies',
      },
    },
    DEADLINE_NEAR: {
      title: {
        id: 'Periode {period} segera ditutup (sisa hari: {days})',
        en: 'Period {period} closes soon (days left: {days})',
      },
      text: {
        id: 'Periode penilaian {period} ditutup dalam waktu dekat (paling lama {days} hari): yang belum dilaporkan atau dinilai sesudahnya tidak dapat dimasukkan',
        en: 'The evaluation period {period} closes soon (days left at most: {days}): what is not reported or rated by then cannot be entered any more',
      },
    },
    RESULTS_PUBLISHED: {
      title: { id: 'Hasil periode {period} diumumkan', en: 'Results of period {period} are out' },
      text: {
        id: 'Hasil penilaian periode {period} sudah dapat dibaca; keberatan dapat diajukan dalam tenggat yang ditetapkan',
        en: 'The results of the period {period} can be read; objections can be filed within the time that is set',
      },
    },
    PLAN_PROPOSED: {
      title: { id: 'SKP atau perjanjian kinerja diajukan', en: 'A plan or agreement was proposed' },
      text: {
        id: 'Sebuah SKP atau perjanjian kinerja menunggu persetujuan Anda',
        en: 'A plan or performance agreement waits for your agreement',
      },
    },
    PLAN_CHANGES_REQUESTED: {
      title: { id: 'Perubahan SKP diminta', en: 'Changes to a plan were asked for' },
      text: {
        id: 'Pihak lain meminta perubahan pada SKP atau perjanjian kinerja yang Anda ajukan',
        en: 'The other side asks for changes to the plan or agreement that you proposed',
      },
    },
    PLAN_AGREED: {
      title: { id: 'SKP atau perjanjian kinerja disepakati', en: 'A plan or agreement is in force' },
      text: {
        id: 'SKP atau perjanjian kinerja yang Anda ajukan sudah disepakati dan berlaku',
        en: 'The plan or agreement that you proposed was agreed to and is in force',
      },
    },
    PLAN_REPLACED: {
      title: { id: 'SKP atau perjanjian kinerja diganti', en: 'A plan or agreement was replaced' },
      text: {
        id: 'Berkas impor mengganti SKP atau perjanjian kinerja yang berlaku; bandingkan kedua revisinya, dan ajukan perubahan bila tidak sesuai kesepakatan',
        en: 'A file that was imported replaced the plan or agreement in force; compare the two revisions, and propose an amendment where it is not what was agreed',
      },
    },
    PLAN_COMMENTED: {
      title: { id: 'Catatan baru pada SKP', en: 'A new remark on a plan' },
      text: {
        id: 'Ada catatan baru dalam dialog SKP atau perjanjian kinerja Anda',
        en: 'There is a new remark in the dialogue on your plan or agreement',
      },
    },
    REALISATION_REJECTED: {
      title: { id: 'Laporan realisasi ditolak', en: 'A report was rejected' },
      text: {
        id: 'Laporan realisasi[ bulan {month}] ditolak dengan alasan; perbaiki lalu laporkan kembali agar dihitung',
        en: 'A report of what was reached[ in {month}] was rejected with a reason; report it again so that it counts',
      },
    },
    ACTIVITY_RETURNED: {
      title: { id: 'Laporan kegiatan dikembalikan', en: 'An activity was returned' },
      text: {
        id: 'Laporan kegiatan Anda dikembalikan dengan catatan untuk diperbaiki',
        en: 'Your report of an activity was returned with a note on what to mend',
      },
    },
    FEEDBACK_GIVEN: {
      title: { id: 'Umpan balik baru', en: 'New feedback' },
      text: {
        id: 'Anda menerima umpan balik berkelanjutan yang baru',
        en: 'You have received new continuous feedback',
      },
    },
    GUIDANCE_GIVEN: {
      title: { id: 'Bimbingan atau konseling kinerja', en: 'Guidance or counselling' },
      text: {
        id: 'Ada catatan bimbingan atau konseling kinerja yang baru untuk Anda',
        en: 'There is a new note of guidance or counselling for you',
      },
    },
    JOINT_PART_PROPOSED: {
      title: { id: 'Kegiatan lintas unit menunggu persetujuan', en: 'Work across units waits for your word' },
      text: {
        id: 'Pegawai yang Anda nilai diminta ikut dalam kegiatan lintas unit: setujui atau tolak perannya',
        en: 'Somebody whom you assess is asked to take part in work across units: approve or decline their part',
      },
    },
    JOINT_PART_DECIDED: {
      title: {
        id: 'Peran dalam kegiatan lintas unit diputuskan',
        en: 'A part in work across units was decided',
      },
      text: {
        id: 'Sebuah peran dalam kegiatan lintas unit yang Anda ikuti disetujui atau ditolak; yang disetujui dapat dimasukkan ke SKP sebagai hasil kerja tambahan',
        en: 'A part in work across units that concerns you was approved or declined; what is approved can go into the plan as an additional work result',
      },
    },
    JOINT_ACTIVITY_ENDED: {
      title: { id: 'Kegiatan lintas unit berakhir', en: 'Work across units has ended' },
      text: {
        id: 'Kegiatan lintas unit yang Anda ikuti dinyatakan selesai atau dibatalkan',
        en: 'Work across units in which you take part was finished or given up',
      },
    },
    TASK_ASSIGNED: {
      title: { id: 'Tugas baru', en: 'A new task' },
      text: {
        id: 'Ada tugas baru yang menunggu Anda[ dalam periode {period}]',
        en: 'A new task waits for you[ in the period {period}]',
      },
    },
    NOMINATION_DECIDED: {
      title: { id: 'Usulan penilai diputuskan', en: 'A nomination of raters was decided' },
      text: {
        id: 'Usulan penilai Anda[ untuk periode {period}] sudah diputuskan',
        en: 'Your nomination of raters[ for the period {period}] was decided',
      },
    },
    CARRYOVER_ANSWERED: {
      title: {
        id: 'Usul penggunaan hasil evaluasi sebelumnya dijawab',
        en: 'The use of a previous result was answered',
      },
      text: {
        id: 'Usul Anda agar hasil evaluasi sebelumnya digunakan[ dalam periode {period}] disetujui atau ditolak',
        en: 'Your proposal that a previous result counts[ in the period {period}] was agreed to or declined',
      },
    },
    RESULT_CHANGED: {
      title: { id: 'Hasil penilaian berubah', en: 'A result has changed' },
      text: {
        id: 'Hasil penilaian Anda[ periode {period}] mempunyai versi baru sesuai keputusan atas keberatan, pada periode itu atau pada periode yang menjadi dasarnya',
        en: 'Your result[ of the period {period}] has a new version, as was decided on an objection to that period or to one that it builds on',
      },
    },
    CORRECTION_AFTER_FINAL: {
      title: {
        id: 'Koreksi menyangkut hasil yang sudah final',
        en: 'A correction concerns results that are final',
      },
      text: {
        id: 'Hasil periode yang menjadi dasar[ periode {period}] dikoreksi setelah final: putuskan apakah hasil pegawai yang bersangkutan ikut berubah',
        en: 'Results that the period[ {period}] builds on were corrected after it was final: decide whether the results of those concerned follow',
      },
    },
    DOCUMENT_DELIVERED: {
      title: {
        id: 'Penyerahan dokumen evaluasi dicatat',
        en: 'An evaluation document was recorded as delivered',
      },
      text: {
        id: 'Penyerahan dokumen evaluasi kinerja Anda[ periode {period}] sudah dicatat; hari terakhir untuk mengajukan keberatan tertera pada hasil itu',
        en: 'It was recorded that you received your evaluation document[ of the period {period}]; the result shows the last day to object',
      },
    },
    OBJECTION_FILED: {
      title: { id: 'Keberatan diajukan', en: 'An objection was filed' },
      text: {
        id: 'Sebuah keberatan[ atas hasil periode {period}] diajukan dan menunggu tindakan Anda',
        en: 'An objection[ to a result of the period {period}] was filed and waits for you',
      },
    },
    OBJECTION_STATEMENT_ASKED: {
      title: { id: 'Tanggapan atas keberatan diminta', en: 'A statement on an objection is asked for' },
      text: {
        id: 'Tanggapan Anda atas sebuah keberatan diminta sebelum diputuskan',
        en: 'Your statement on an objection is asked for before it is decided',
      },
    },
    OBJECTION_DUE: {
      title: { id: 'Tenggat keputusan keberatan dekat', en: 'An objection must be decided soon' },
      text: {
        id: 'Sebuah keberatan harus segera diputuskan[ (sisa hari paling lama: {days})]',
        en: 'An objection must be decided soon[ (days left at most: {days})]',
      },
    },
    OBJECTION_OVERDUE: {
      title: { id: 'Keputusan keberatan terlambat', en: 'An objection is overdue' },
      text: {
        id: 'Sebuah keberatan[ atas hasil periode {period}] belum diputuskan dalam tenggatnya dan kini menunggu keputusan Anda',
        en: 'An objection[ to a result of the period {period}] was not decided in time and now waits for your decision',
      },
    },
    OBJECTION_DECIDED: {
      title: { id: 'Keberatan diputuskan', en: 'An objection was decided' },
      text: {
        id: 'Keberatan[ atas hasil periode {period}] sudah diputuskan',
        en: 'The objection[ to a result of the period {period}] was decided',
      },
    },
    FOLLOW_UP_PROPOSED: {
      title: { id: 'Usulan tindak lanjut', en: 'A follow-up was proposed' },
      text: {
        id: 'Ada usulan tindak lanjut[ periode {period}] yang menunggu keputusan',
        en: 'A proposed follow-up[ of the period {period}] waits for a decision',
      },
    },
    FOLLOW_UP_DECIDED: {
      title: { id: 'Tindak lanjut diputuskan', en: 'A follow-up was decided' },
      text: {
        id: 'Tindak lanjut atas hasil kinerja Anda[ periode {period}] sudah diputuskan',
        en: 'What follows from your result[ of the period {period}] was decided',
      },
    },
    FOLLOW_UP_OVER: {
      title: { id: 'Tindak lanjut menunggu hasil', en: 'A follow-up waits for its outcome' },
      text: {
        id: 'Waktu tindak lanjut[ periode {period}] sudah habis dan hasilnya belum dicatat',
        en: 'The time of a follow-up[ of the period {period}] is over and nobody has recorded what came of it',
      },
    },
    TRAINING_ENROLMENT: {
      title: { id: 'Pendaftaran pelatihan berubah', en: 'A training enrolment has changed' },
      text: {
        id: 'Ada perubahan pada pelatihan Anda: tempatnya, antreannya, atau pelatihannya dibatalkan',
        en: 'Something about a training of yours has changed: the place, the queue, or it was called off',
      },
    },
    DEVELOPMENT_PLAN: {
      title: { id: 'Rencana pengembangan karier', en: 'Career development plan' },
      text: {
        id: 'Ada perubahan pada rencana pengembangan karier',
        en: 'A career development plan has changed',
      },
    },
    ANNOUNCEMENT: {
      title: { id: 'Pengumuman', en: 'Announcement' },
      text: {
        id: 'Ada pengumuman baru untuk Anda baca',
        en: 'There is a new announcement for you to read',
      },
    },
    FORUM_ANSWERED: {
      title: { id: 'Forum unit', en: "The unit's forum" },
      text: {
        id: 'Unit sudah menjawab topik yang Anda buka di forum',
        en: 'The unit has answered a topic that you opened in its forum',
      },
    },
    INDICATOR_REVIEW: {
      title: { id: 'Indikator perlu ditinjau', en: 'Indicators should be reviewed' },
      text: {
        id: 'Ada indikator[ dari periode {period}] yang perlu ditinjau',
        en: 'There are indicators[ of the period {period}] that should be reviewed',
      },
    },
    FILE_READY: {
      title: { id: 'Berkas siap diunduh', en: 'A file is ready' },
      text: {
        id: 'Berkas yang Anda minta sudah siap diunduh untuk waktu terbatas',
        en: 'The file that you asked for can be downloaded for a limited time',
      },
    },
    FILE_FAILED: {
      title: { id: 'Berkas gagal dibuat', en: 'A file could not be made' },
      text: {
        id: 'Berkas yang Anda minta tidak dapat dibuat',
        en: 'The file that you asked for could not be made',
      },
    },
  };

/** A notice in the reader's language. */
export const noticeText = (
  { kind, refs }: { readonly kind: NoticeKind; readonly refs: NoticeRefs },
  locale: Locale,
): { readonly title: string; readonly text: string } => {
  const { periodId, month, days } = refs;
  const params = {
    ...(periodId !== undefined && { period: periodId }),
    ...(month !== undefined && { month }),
    ...(days !== undefined && { days }),
  };
  const { title, text } = noticeTexts[kind];
  // A title is no sentence.
  return { title: fill(title[locale], params).slice(0, -1), text: fill(text[locale], params) };
};
