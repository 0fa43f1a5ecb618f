import type { GraphqlClient } from '../../import/graphql-client.ts';
import { levelOf } from './allowance.ts';
import { importRows } from './demo-client.ts';
import { servesOf, unitIdsOf } from './dialogue.ts';
import { emailOf } from './notice.ts';
import { type DemoPerson, headOf, people } from './people.ts';
import { goals } from './region/goals.ts';
import type { DemoGoal, DemoIndicator, DemoUnit } from './region/shapes.ts';
import { indicators } from './region.ts';
import { type DemoLine, targetMonthsOf } from './work.ts';

/** Since when people hold the positions that the region brings into the system. */
const SINCE = '2025-01-01';

/** Brings units into the region, with their people, heads, goals and indicators; what they stand under must be there or among them. */
export const importOrganisation = async (admin: GraphqlClient, units: readonly DemoUnit[]): Promise<void> => {
  const codes = new Set(units.map(({ code }) => code));
  const ofRegion = units.some(({ parent }) => parent === null);
  const staff = people.filter(({ unit }) => codes.has(unit));
  await importRows(admin, 'importUnits', 'ImportUnitsInput', units.map(unitRow));
  await importRows(admin, 'importStaff', 'ImportStaffInput', staff.map(staffRow));
  await importRows(
    admin,
    'importUnits',
    'ImportUnitsInput',
    units.map((unit) => ({ ...unitRow(unit), headNip: headOf(unit.code).nip, headFrom: SINCE })),
  );
  const ownGoals = goals.filter(({ unit }) => (unit === null ? ofRegion : codes.has(unit)));
  await importRows(admin, 'importGoals', 'ImportGoalsInput', ownGoals.map(goalRow));
  const ownIndicators = indicators.filter(({ unit }) => codes.has(unit));
  await importRows(admin, 'importIndicators', 'ImportIndicatorsInput', ownIndicators.map(indicatorRow));
};

/** What units and people have agreed to reach in a year. */
export interface YearWork {
  readonly year: number;
  readonly units: readonly DemoUnit[];
  readonly agreementOf: (unitCode: string) => readonly DemoLine[];
  readonly people: readonly DemoPerson[];
  readonly planOf: (person: DemoPerson) => readonly DemoLine[];
}

/** Brings agreements, and the plans that serve them, into the region. */
export const importAgreed = async (admin: GraphqlClient, work: YearWork): Promise<void> => {
  const { year } = work;
  await importRows(
    admin,
    'importAgreements',
    'ImportAgreementsInput',
    work.units.map(({ code }) => ({
      unitCode: code,
      year,
      lines: work.agreementOf(code).map((line) => lineRow(line, year)),
    })),
  );
  const unitIds = await unitIdsOf(admin);
  await importRows(
    admin,
    'importPlans',
    'ImportPlansInput',
    work.people
      .map((person) => ({ person, lines: work.planOf(person) }))
      .filter(({ lines }) => lines.length > 0)
      .map(({ person, lines }) => ({
        nip: person.nip,
        year,
        lines: lines.map((line) => ({
          ...lineRow(line, year),
          serves: servesOf(line, person.unit, year, unitIds),
        })),
      })),
  );
};

const unitRow = ({ code, name, kind, parent, mission }: DemoUnit) => ({
  code,
  name,
  kind,
  mission,
  ...(parent !== null && { parentCode: parent }),
});

const staffRow = (person: DemoPerson) => ({
  nip: person.nip,
  name: person.name,
  employment: person.employment,
  grade: person.grade,
  email: emailOf(person),
  unitCode: person.unit,
  position: person.position,
  jobGroup: person.jobGroup,
  ...levelOf(person),
  from: SINCE,
});

const goalRow = ({ code, title, level = 'OBJECTIVE', unit, parent }: DemoGoal) => ({
  code,
  title,
  level,
  fromYear: 2025,
  toYear: 2029,
  ...(unit !== null && { unitCode: unit }),
  ...(parent !== null && { parentCode: parent }),
});

const indicatorRow = (indicator: DemoIndicator) => ({
  code: indicator.code,
  name: indicator.name,
  description: indicator.description,
  formula: indicator.formula,
  source: indicator.source,
  unitCode: indicator.unit,
  goalCode: indicator.goal,
  unitOfMeasure: indicator.unitOfMeasure,
  polarity: indicator.polarity,
  buildUp: indicator.buildUp,
  effectiveFrom: SINCE,
  ...(indicator.aboveRange !== undefined && { aboveRange: indicator.aboveRange }),
});

const lineRow = ({ id, indicator, weight }: DemoLine, year: number) => {
  const { target } = indicator;
  const ofMonth =
    typeof target === 'number'
      ? { value: String(target) }
      : { low: String(target[0]), high: String(target[1]) };
  return {
    id,
    indicatorCode: indicator.code,
    goalCode: indicator.goal,
    aspect: indicator.aspect,
    weight,
    monthlyTargets: targetMonthsOf(indicator).map((month) => ({
      month: `${year}-${month}`,
      target: ofMonth,
    })),
  };
};
