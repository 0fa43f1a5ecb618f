import type { Row } from '../../domain/export/table.ts';
import { exportWords } from '../../domain/export/words.ts';
import { resultWords } from '../../domain/messages.ts';
import { walkPages } from './export-scope.ts';
import { percentOf, targetOf } from './plan-rows.ts';
import type { RowsOf } from './rows-of.ts';
import { wordOf } from './value-cells.ts';

/** Templates of plans, of a job group or of all, by job group and name: one row for each target of each line. */
export const templateRows: RowsOf = async function* (deps, _actor, { jobGroup }, limits, locale) {
  for await (const templates of walkPages(limits, (page) => deps.store.planTemplates.list(jobGroup, page))) {
    const lines = templates.flatMap((template) => template.lines);
    const [indicators, goals] = await Promise.all([
      deps.store.indicators.getMany([...new Set(lines.map(({ indicatorId }) => indicatorId))]),
      deps.store.goals.getMany([...new Set(lines.flatMap(({ goalId }) => goalId ?? []))]),
    ]);
    const indicatorOf = new Map(indicators.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
    const codeOfGoal = new Map(goals.flatMap((one) => (one === null ? [] : [[one.id, one.code] as const])));
    yield templates.flatMap(({ jobGroup: of, name, retired, lines: written }) =>
      written.flatMap((line): Row[] => {
        const indicator = indicatorOf.get(line.indicatorId);
        const about = [
          of,
          name,
          wordOf(exportWords.yesNo, retired ? 'yes' : 'no', locale),
          line.title,
          wordOf(resultWords.line, line.kind, locale),
          codeOfGoal.get(line.goalId ?? '') ?? null,
          indicator?.code ?? null,
          indicator?.current.name ?? null,
          indicator?.current.measure.unitOfMeasure ?? null,
          line.weight === null ? null : percentOf(line.weight),
        ];
        return [
          ...(line.target === null ? [] : [[...about, null, targetOf(line.target)]]),
          ...line.monthlyTargets.map(({ month, target }) => [...about, month, targetOf(target)]),
        ];
      }),
    );
  }
};
