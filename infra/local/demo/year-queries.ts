import { importedId } from '../../../functions/usecases/new-id.ts';
import type { ExampleQuery } from '../example-query.ts';
import { DRAWN_QUARTER, DUE_QUARTER, TRIAL_MONTH, TRIAL_YEAR_ID } from './demo-year.ts';
import { CORRECTED_LATE } from './late-correction.ts';

/** A year with what follows from it, and what else a newcomer would not look for. */
export const yearQueries: readonly ExampleQuery[] = [
  {
    shows: {
      id: 'Pegawai: setahun yang dibangun dari triwulannya, angka kredit, dan tindak lanjutnya',
      en: 'Staff member: a year built on its quarters, with credits and what followed',
    },
    query: `# Sebagai pegawai: hasil tahunan dari triwulan-triwulannya, dan yang mengikutinya: angka kredit, kebutuhan pelatihan, tindak lanjut.
query TahunSaya($tahun: ID!) {
  viewer {
    staff {
      name
      result(periodId: $tahun) {
        predicate
        score { shown }
        ranks { unit { rank of } }
        workResult { source score { exact } periods { periodId score { exact } rating } }
        behaviour { score { exact } periods { periodId score { exact } rating } }
        summary
      }
      credits { total { shown } periods { periodId predicate counts credit { shown } } }
      trainingNeeds(periodId: $tahun) { course { title } need { shown } reasons { kind value mean { shown } } }
      followUps(first: 5) { nodes { periodId measure state grounds { predicate rank { scope rank of } } decision { reason } } }
    }
  }
}
`,
    variables: JSON.stringify({ tahun: TRIAL_YEAR_ID }),
  },
  {
    shows: {
      id: 'Pegawai: satu bulan yang ditutup sebagai periode tersendiri',
      en: 'Staff member: a month that was closed as a period of its own',
    },
    query: `# Sebagai pegawai: satu bulan sebagai periode, di samping triwulan yang memuatnya.
query BulanSaya($bulan: ID!, $triwulan: ID!) {
  period(id: $bulan) { kind state start end }
  viewer {
    staff {
      name
      bulan: result(periodId: $bulan) { predicate score { shown } workResult { lines { title months { month realisation } achievement { shown } } } }
      triwulan: result(periodId: $triwulan) { predicate score { shown } }
    }
  }
}
`,
    variables: JSON.stringify({ bulan: TRIAL_MONTH, triwulan: DRAWN_QUARTER }),
  },
  {
    shows: {
      id: 'BKPSDM atau Inspektorat: rekan penilai yang diundi jadwal; undian dapat diulang siapa pun',
      en: 'Personnel officer or inspector: peers drawn by the schedule; anybody can draw the lots again',
    },
    query: `# Sebagai BKPSDM atau Inspektorat: rekan penilai yang diundi. Undian: SHA-256 dari seed, ganti baris, dan id pegawai; yang terkecil terpilih.
query RekanDiundi($pegawai: ID!, $periode: ID!) {
  period(id: $periode) { policy { rules { peers { choice minimum maximum } } } }
  peerPanel(periodId: $periode, staffId: $pegawai) {
    staff { name unit { name } }
    seed
    members { staff { id name } state origin }
  }
}
`,
    variables: JSON.stringify({
      pegawai: importedId('s', CORRECTED_LATE.applied.nip),
      periode: DRAWN_QUARTER,
    }),
  },
  {
    shows: {
      id: 'Pegawai: penilaian pasien yang dihitung dengan bobot puskesmas sendiri',
      en: 'Staff member: what patients said, counted by the health centre’s own weights',
    },
    query: `# Sebagai pegawai: perilaku dari atasan, rekan, dan pasien; di puskesmas pasien ikut dihitung dengan bobot unit sendiri.
query SuaraPasien($periode: ID!) {
  period(id: $periode) { policy { rules { raterPools { groups weight } unitRaterPools { unit { name } raterPools { groups weight } } } } }
  viewer {
    staff {
      name
      result(periodId: $periode) {
        behaviour {
          score { exact }
          pools { groups raters mean { numerator denominator } points { exact } weight effectiveWeight notMeasured }
        }
      }
    }
  }
}
`,
    variables: JSON.stringify({ periode: DUE_QUARTER }),
  },
  {
    shows: {
      id: 'BKPSDM: triwulan yang dikoreksi setelah tahunnya final; satu sudah diputus, satu menunggu Anda',
      en: 'Personnel officer: a quarter corrected when its year was final; one is decided, one waits for you',
    },
    query: `# Sebagai BKPSDM atau Inspektorat: koreksi yang datang setelah tahun final. decideLateCorrection memutus yang menunggu; jadwal menerbitkan hasil baru.
query KoreksiTahunFinal($tahun: ID!) {
  period(id: $tahun) { state version }
  lateCorrections(periodId: $tahun) {
    nodes {
      sourcePeriodId
      staff { id name result(periodId: $tahun) { run score { shown } ranks { unit { rank of } } } }
      decision { outcome reason at }
    }
  }
}
`,
    variables: JSON.stringify({ tahun: TRIAL_YEAR_ID }),
  },
];
