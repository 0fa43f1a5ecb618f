/**
 * What compressed bodies have in common, so that it is not in each of them. A body names its dictionary by number, and stored
 * bodies are read for ever: a dictionary is never changed; a better one is added with the next number.
 */

/**
 * A result with its names and usual words in the order in which they are written; what is frequent stands last, nearest to the
 * text. Half of a result of eight lines is in here.
 */
const RESULT_1 = [
  '"NO_REALISATION""WAITING_RELEASE""NO_TARGET""ZERO_TARGET""NO_PLAN""NO_LINES_MEASURED""TAKEN_OVER""NO_PERIODS""ABSENT"',
  '"notAdjusted":"TOO_FEW_RATERS""TOO_FEW_RATEES""TOO_FEW_COMPARISONS""NOT_CONNECTED""NO_DIFFERENCES""UNIT_TOO_LARGE"',
  '"ADDITIONAL""STABILIZE""RANGE","aboveRange":"INSIDE_IS_BEST""MORE_IS_BETTER","realisedBy":"ACTIVITY""AVERAGE""RELEASED"',
  '"state":"REPORTED""REJECTED""EXCELLENT""NEEDS_IMPROVEMENT""POOR""VERY_POOR""FAIR""ADJUSTED""PUBLIC""LEADER_ABOVE"',
  '"presence":{"days":90,"present":90,"evaluated":true},"source":"PERIODS","periods":[{"periodId":"2026-Q1","run":"r1",',
  '"score":100000000,"rating":"MEETS","colleagues":true},"distribution":{"GOOD":0,"notEvaluated":0,"warnings":[]',
  '"workResult":{"source":"UNIT_ACHIEVEMENT","periods":null,"unit":{"unitId":"u-","proposed":"GOOD","decision":null},',
  '"adjusted":{"ratings":1,"mean":null,"standardError":null,"score":null,"notAdjusted":"TOO_FEW_RATINGS"},',
  '"raters":0,"mean":null,"points":null,"notMeasured":"TOO_FEW_RATERS"}"effectiveWeight":0,"notMeasured":"NO_RATINGS"',
  '"target":null,"realisation":null,"state":null},"target":{"low":"","high":""},"achievement":null,"rating":null},',
  '"assessor":{"workResult":"ABOVE","behaviour":"ABOVE","reason":null,"innovation":false,"as":"ASSESSOR"},',
  '{"staffId":"s-","unitId":"u-","shard":0,"jobGroup":"","position":"","assessorId":"s-","assessedInUnitId":"u-",',
  '"policyId":"policy-","presence":null,"workResult":{"source":"PLAN","unit":null,"periods":null,"planRevision":1,',
  '"lines":[{"lineId":"L1","kind":"MAIN","title":"","indicatorId":"i-","indicatorName":"","definition":1,',
  '"measure":{"unitOfMeasure":"orang","dokumen","laporan","kegiatan","persen","polarity":"MINIMIZE","aboveRange":null,',
  '"buildUp":"LATEST","realisedBy":"REPORT"},"months":[{"month":"2026-0","target":{"value":"1"},"realisation":"1',
  '","state":"VERIFIED"}],"target":{"value":"1"},"realisation":"1","achievement":120000000,"notMeasured":null,',
  '"weight":2000,"effectiveWeight":2000,"rating":"BELOW"},{"lineId":"L","kind":"MAIN","title":"',
  '","indicatorId":"i-","indicatorName":"","definition":1,"measure":{"unitOfMeasure":"","polarity":"MAXIMIZE",',
  '"aboveRange":null,"realisedBy":"REPORT","buildUp":"SUM"},"months":[{"month":"2026-0","target":{"value":"1',
  '"},"realisation":"1","state":"VERIFIED"},{"month":"2026-1","target":{"value":"1"},"realisation":"',
  '","state":"VERIFIED"}],"target":{"value":"","realisation":"","achievement":100000000,"notMeasured":null,',
  '"weight":1000,"effectiveWeight":1000,"rating":"ABOVE"}],"score":1,"notMeasured":null,"proposed":"ABOVE"},',
  '"behaviour":{"periods":null,"poolsOfUnitId":null,"pools":[{"groups":["SUPERIOR"],"weight":6000,"effectiveWeight":6000,',
  '"raters":1,"mean":{"numerator":1,"denominator":7},"points":1,"notMeasured":null},{"groups":["PEER","SUBORDINATE"],',
  '"weight":4000,"effectiveWeight":4000,"raters":1,"mean":{"numerator":1,"denominator":1},"points":1,"notMeasured":null}],',
  '"self":{"groups":["SELF"],"raters":1,"mean":{"numerator":1,"denominator":7},"points":1,"notMeasured":null,"weight":0,',
  '"effectiveWeight":0},"self":null,"rawScore":1,"adjusted":{"ratings":1,"mean":1,"standardError":1,"score":1,',
  '"notAdjusted":null},"values":[{"value":"SERVICE","mean":4000000},{"value":"ACCOUNTABLE","mean":4000000},',
  '{"value":"COMPETENT","mean":4000000},{"value":"HARMONIOUS","mean":4000000},{"value":"LOYAL","mean":4000000},',
  '{"value":"ADAPTIVE","mean":4000000},{"value":"COLLABORATIVE","mean":4000000}],"counts":"RAW","score":1,',
  '"notMeasured":null,"proposed":"MEETS"},"assessor":null,"carriedOver":null,"leftOut":null,"verdict":null,',
  '"workResultRating":"MEETS","behaviourRating":"MEETS","predicate":"GOOD","score":1,',
  '"scoreShares":{"workResult":60,"behaviour":40},"numericClass":null,"periodId":"2026-Q1","run":"r1",',
  '"ranks":{"unit":{"rank":1,"of":1,"percentile":1},"jobGroup":{"rank":1,"of":1,"percentile":1},',
  '"region":{"rank":1,"of":1,"percentile":1}}}',
].join('');

/** By the number that bodies name. */
export const DICTIONARIES: ReadonlyMap<number, Buffer> = new Map([[1, Buffer.from(RESULT_1)]]);

/** Of results, of people and of units. */
export const RESULT_DICTIONARY = 1;
