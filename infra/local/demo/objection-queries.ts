import type { ExampleQuery } from '../example-query.ts';

/** Objections as a visitor of the demo can read them. */
export const objectionQueries: readonly ExampleQuery[] = [
  {
    query: `# Sebagai BKPSDM atau Inspektorat: keberatan suatu periode, penjelasan kedua pihak, dan putusannya.
query KeberatanPeriode($periode: ID!) {
  objections(periodId: $periode, first: 10) {
    nodes {
      staff { name }
      state
      reasons
      points { lineId value text }
      explainBy
      decideBy
      decider { name position }
      statements { side at text }
      decision { outcome reason recommendation figures { lineId month value } }
      result { run predicate score { shown } ranks { unit { rank of } } delivery { receivedOn lastDayToObject } }
    }
  }
}
`,
    variables: '{ "periode": "2026-Q1" }',
  },
  {
    query: `# Sebagai pejabat penilai: keberatan yang menunggu penjelasan saya.
query MenungguPenjelasan {
  objectionsToExplain {
    nodes { id version staff { name } reasons points { lineId value text } explainBy decider { name } }
  }
  myTasks { nodes { kind deadline staff { name } } }
}
`,
  },
];
