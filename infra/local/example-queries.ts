/** A tab of the explorer; the operation's name is the tab's title. */
export interface ExampleQuery {
  readonly query: string;
  /** JSON text. */
  readonly variables?: string;
}

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
    proposed
    distribution { predicate count }
  }
}
`,
    variables: '{ "periode": "2026-Q2" }',
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
];
