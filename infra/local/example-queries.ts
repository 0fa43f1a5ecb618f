import { importedId } from '../../functions/usecases/new-id.ts';
import { objectionQueries } from './demo/objection-queries.ts';
import { yearQueries } from './demo/year-queries.ts';
import type { ExampleQuery } from './example-query.ts';

/** What a visitor can run at once, from the simplest to the most telling. */
export const exampleQueries: readonly ExampleQuery[] = [
  {
    query: `# Siapa saya menurut layanan ini? Pilih peran lain di atas, lalu jalankan lagi.
query SiapaSaya {
  viewer {
    id
    roles
    staff { name position unit { name } assessor { name } }
  }
}
`,
  },
  ...yearQueries,
  ...objectionQueries,
  {
    query: `# Terbuka untuk siapa saja, juga tanpa masuk: unit, misi, capaian, dan sebaran predikat.
query CapaianUnit($periode: ID!) {
  units {
    ...Capaian
    subtree { ...Capaian }
  }
}

fragment Capaian on Unit {
  code
  name
  mission
  result(periodId: $periode) {
    score { shown }
    predicate
    distribution { predicate count }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
  },
  {
    shows: {
      id: 'Siapa saja, tanpa masuk: satu puskesmas dari triwulan ke triwulan, dengan IKM-nya',
      en: 'Anybody, not signed in: a health centre from quarter to quarter, with its satisfaction index',
    },
    query: `# Terbuka untuk siapa saja: visi dan misi, lalu satu puskesmas dari triwulan ke triwulan, dengan IKM-nya (PermenPANRB 14/2017).
query Keterbukaan($kode: String!) {
  region {
    visions { title }
    missions { title children { code title } }
  }
  unit(code: $kode) {
    name
    results(kind: QUARTER, last: 4) { periodId score { shown } predicate }
    surveyCampaigns(first: 5) {
      nodes {
        service { id }
        phase
        closes
        result {
          withCode { answers index { shown } grade elements { element mean { shown } } }
          withoutCode { answers tooFew }
        }
        suggestions(first: 5) { nodes { text } }
      }
    }
  }
}
`,
    variables: '{ "kode": "1.02.11" }',
  },
  {
    query: `# Peringkat seluruh wilayah: sebagai BKPSDM atau Inspektorat. Pegawai melihat barisnya sendiri (around).
query Peringkat($periode: ID!) {
  ranking(periodId: $periode, scope: { kind: REGION }, top: 20) {
    totalCount
    nodes { rank score { shown } staff { name position } unit { name } }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
  },
  {
    shows: {
      id: 'Pegawai: mengapa nilai saya demikian, baris demi baris',
      en: 'Staff member: why my score is what it is, line by line',
    },
    query: `# Sebagai pegawai: mengapa nilai saya demikian? Cukup untuk menghitung ulang dengan tangan.
query MengapaNilaiSaya($periode: ID!) {
  viewer {
    staff {
      name
      result(periodId: $periode) {
        summary
        predicate
        score { exact shown }
        scoreShares { workResult behaviour }
        ranks { unit { rank of } jobGroup { rank of } region { rank of } }
        workResult {
          score { exact }
          lines {
            title
            target { value low high }
            realisation
            achievement { shown }
            notMeasured
            weight
            effectiveWeight
            rating
            months { month realisation state }
          }
        }
        behaviour {
          score { exact }
          rawScore { exact }
          adjusted { mean { shown } standardError { shown } ratings score { exact } notAdjusted }
          counts
          pools { groups raters mean { numerator denominator } points { shown } notMeasured effectiveWeight }
        }
        decision { workResult behaviour reason }
        roundingNote
      }
    }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
  },
  {
    query: `# Sebagai pegawai: pengumuman bagi saya, dan umpan balik yang saya berikan.
query KabarSaya {
  announcements(first: 5) { nodes { title effectiveFrom acknowledgedAt unit { name } } }
  givenFeedback(first: 5) { nodes { staff { name } text answer } }
}
`,
  },
  {
    query: `# Sebagai BKPSDM, Bappeda, atau Inspektorat: kemajuan seluruh wilayah menurut pengamatan harian.
query KemajuanWilayah($tahun: Int!) {
  regionProgress(year: $tahun) {
    oldestAt
    counts { pace count }
    units(first: 10) {
      nodes {
        unit { code name }
        through
        agreementPace
        people(paces: [NO_PLAN, NOT_REPORTED], first: 5) { nodes { staff { name } pace missing } }
      }
    }
  }
}
`,
    variables: '{ "tahun": 2026 }',
  },
  {
    query: `# Sebagai pejabat penilai: apa yang menunggu saya?
query TugasSaya {
  myTasks(first: 20) {
    totalCount
    nodes { kind staff { name } planId periodId group count deadline }
  }
}
`,
  },
  {
    query: `# Satu puskesmas: perjanjian kinerja, pegawai, dan rencananya. Sebagai pejabat penilai atau BKPSDM.
query SatuUnit($kode: String!, $periode: ID!) {
  unit(code: $kode) {
    name
    mission
    head { name }
    agreement(year: 2026) { agreed { lines { indicatorName weight targets { month target { value low high } } } } }
    result(periodId: $periode) {
      score { shown }
      proposed
      distribution { predicate count }
      warnings { message }
    }
    staff(first: 50) {
      nodes { name position result(periodId: $periode) { predicate score { shown } ranks { unit { rank of } } } }
    }
  }
}
`,
    variables: '{ "kode": "1.02.11", "periode": "2026-Q2" }',
  },
  {
    query: `# Sebagai kepala unit, BKPSDM, atau Inspektorat: hasil siapa yang memakai hasil periode sebelumnya setelah mutasi (lampiran bab IV A 13), dan siapa yang dinilai atasan pejabat penilai (IV A 11).
query SerahTerima($kode: String!, $periode: ID!) {
  unit(code: $kode) {
    subtree {
      name
      staff(first: 50) {
        nodes { name result(periodId: $periode) { predicate carriedOver { periodId proposedBy } decision { as reason } } }
      }
    }
  }
}
`,
    variables: '{ "kode": "1.02", "periode": "2026-Q2" }',
  },
  {
    shows: {
      id: 'Pejabat penilai: semua pegawai berdampingan sebelum periode ditutup',
      en: 'Assessor: all staff side by side before a period is closed',
    },
    query: `# Sebagai kepala unit: semua pegawai berdampingan sebelum periode ditutup, dengan pola distribusi dan peringatannya.
query Kalibrasi($kode: String!, $periode: ID!) {
  unit(code: $kode) {
    calibration(periodId: $periode) {
      evaluation { score { shown } proposed predicate decision { as reason } justification }
      distribution { predicate count }
      guidance { bound predicates allowed }
      warnings { message }
      entries(first: 50) {
        nodes {
          differs
          proposal {
            staff { name }
            presence { days served absent evaluated }
            workResult { score { shown } proposed }
            behaviour { score { shown } proposed }
            decision { workResult behaviour reason }
            predicate
          }
        }
      }
    }
  }
}
`,
    variables: '{ "kode": "1.02.11", "periode": "2026-Q3" }',
  },
  {
    query: `# Sebagai Inspektorat: jejak satu periode, dan apakah rantainya utuh.
query JejakPeriode($entitas: String!) {
  auditTrail(entity: $entitas, first: 20) {
    verification { entries brokenAt }
    nodes { sequence at actorId actorRole operation reason hash }
  }
}
`,
    variables: '{ "entitas": "PERIOD#2026-Q2" }',
  },
  {
    query: `# Sebagai pegawai: TPP sebulan dan angka kredit, dengan semua angka untuk menghitungnya ulang.
query TppDanAngkaKredit($bulan: Month!) {
  viewer {
    staff {
      name
      allowance(month: $bulan) {
        base
        weights { productivity discipline }
        periodId
        productivity { shown }
        attendance { workingDays absentDays lostMinutes }
        discipline { shown }
        amount
        gaps
      }
      credits {
        total { shown }
        periods { periodId predicate counts spans { level months share yearly { shown } credit { shown } } }
      }
    }
  }
}
`,
    variables: '{ "bulan": "2026-03" }',
  },
  {
    query: `# Sebagai Bappeda: indikator yang menyesatkan menurut penutupan periode, menunggu keputusan.
query IndikatorDitinjau($periode: ID!) {
  indicatorReviews(periodId: $periode, first: 20) {
    nodes {
      indicator { code current { name } history { periodId findings figures { mean { shown } } } }
      findings
      figures { lines measured atCap atZero mean { shown } lowest { shown } highest { shown } }
      decision { outcome reason }
    }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
  },
  {
    query: `# Sebagai pegawai atau pejabat penilai: kotak pemberitahuan, dan cara menerima surel.
query Pemberitahuan {
  unreadNotices { count more }
  notices(first: 20) { nodes { kind title text at read period { id } staff { name } unit { name } } }
  noticePreferences { mail language }
}
`,
    variables: '{}',
  },
  {
    query: `# Sebagai BKPSDM: berkas yang diminta, dengan tautan unduhnya (requestExport meminta yang baru).
query BerkasSaya {
  myJobs(first: 10) { nodes { kind state requestedAt fileName size download { url expiresAt } } }
}
`,
    variables: '{}',
  },
  {
    query: `# Sebagai BKPSDM atau kepala unit: daftar TPP sebulan sebuah unit dengan presensinya, sebagai berkas CSV (Base64).
query DaftarTpp($unit: ID!, $bulan: Month!) {
  exportTable(input: { table: ALLOWANCES, format: CSV, unitId: $unit, month: $bulan }) {
    rows fileName contentType base64
  }
}
`,
    variables: JSON.stringify({ unit: importedId('u', '1.02.11'), bulan: '2026-03' }),
  },
  {
    query: `# Sebagai pejabat penilai atau BKPSDM: sejauh mana penilaian perilaku sebuah unit. Siapa menilai siapa tidak terlihat.
query KemajuanPenilaian($periode: ID!, $unit: ID!) {
  ratingCompletion(periodId: $periode, unitId: $unit) {
    unit { name }
    staff
    groups { group due done }
  }
}
`,
    variables: JSON.stringify({ periode: '2026-Q3', unit: importedId('u', '1.02.11') }),
  },
  {
    query: `# Sebagai Inspektorat: pola penilaian yang patut dilihat manusia. Tidak mengubah nilai siapa pun.
query PolaPenilaian($periode: ID!, $unit: ID!) {
  ratingFlags(periodId: $periode, unitId: $unit) {
    kind
    staff { name position }
    caseId
    ratings
    mean
    others
    day
  }
}
`,
    variables: JSON.stringify({ periode: '2026-Q1', unit: importedId('u', '1.02.11') }),
  },
  {
    query: `# Sebagai BKPSDM: pelatihan menurut kebutuhan tiap pegawai, dari nilai dan capaian yang lemah.
query KebutuhanPelatihan($periode: ID!) {
  staffMembers(filter: { namePrefix: "a" }, first: 10) {
    nodes {
      name
      trainingNeeds(periodId: $periode) { course { title hours } need { shown } reasons { kind value mean { shown } title achievement { shown } } }
    }
  }
  programmes(first: 5) {
    nodes { course { title } startsOn place seats { capacity taken waiting } enrolments { state staff { name } } }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
  },
  {
    query: `# Sebagai pejabat penilai: aktivitas pegawai saya yang menunggu diverifikasi, dengan bukti dukungnya.
query AktivitasMenunggu($dari: Date!, $sampai: Date!) {
  reportedActivities(filter: { state: REPORTED, from: $dari, to: $sampai }, first: 50) {
    nodes { id day title amount note staff { name } lineId evidence { id fileName size } version }
    pageInfo { hasNextPage endCursor }
  }
}
`,
    variables: '{ "dari": "2026-07-01", "sampai": "2026-09-30" }',
  },
  {
    query: `# Untuk semua orang: daerah sekilas, tren satu unit, dan grafiknya sebagai SVG.
query Tren($unit: String!, $periode: ID!) {
  regionOverview(periodId: $periode) {
    units measured meanScore { shown } unitPredicates { predicate count } distribution { predicate count } hiddenUnits
  }
  unit(code: $unit) { name trend { periodId score { shown } change { shown } } }
}
`,
    variables: '{ "unit": "1.02.11", "periode": "2026-Q2" }',
  },
  {
    query: `# Dialog kinerja: sebagai pejabat penilai, apa yang sedang dibahas dengan pegawai saya dan apa yang akan berubah.
query DialogKinerja($kode: String!) {
  unit(code: $kode) {
    staff(first: 20) {
      nodes {
        name
        plan(year: 2026) {
          proposalState
          difference {
            lines { kind after { title } changes { field before after } }
            terms { section added { text } removed { text } }
          }
          comments(first: 5) { nodes { lineId side author { name } text asksForChanges resolvedAt } }
          warnings { message }
        }
      }
    }
  }
}
`,
    variables: '{ "kode": "1.02.11" }',
  },
  {
    query: `# Dari visi sampai ke baris SKP: siapa yang mendukung sasaran mana, dan sasaran yang belum diambil siapa pun.
query PohonSasaran {
  goals(first: 20) {
    nodes {
      code
      level
      title
      parent { code }
      servedBy(year: 2026, first: 10) { nodes { plan { unit { name } staff { position } } lines { title } } }
    }
  }
  goalsNotTakenUp(year: 2026, first: 10) { nodes { code title } }
}
`,
  },
  {
    query: `# Sebagai BKPSDM: penghargaan, bimbingan, dan tindak lanjut lain setelah suatu periode, dengan alasannya.
query TindakLanjut($periode: ID!) {
  followUps(periodId: $periode, first: 20) {
    nodes {
      staff { name }
      unit { name }
      measure
      state
      grounds { predicate rank { scope rank of } values { value mean { shown } } }
      proposal { reason }
      decision { reason from until }
      end { outcome note }
    }
  }
}
`,
    variables: '{ "periode": "2026-Q1" }',
  },
  {
    query: `# Sebagai pegawai: dokumen evaluasi saya sebagai PDF; versi dan sidiknya tercetak di setiap halaman.
query DokumenSaya($periode: ID!) {
  viewer {
    staff {
      result(periodId: $periode) { delivery { receivedOn document { version policyId digest } } }
    }
  }
  myJobs(first: 5) { nodes { kind state fileName size download { url expiresAt } } }
}
`,
    variables: '{ "periode": "2026-Q1" }',
  },
];
