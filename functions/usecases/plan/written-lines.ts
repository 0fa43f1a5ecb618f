import type { Target } from '../../domain/indicator/indicator.ts';
import { PLAN_LIMITS } from '../../domain/plan/plan.ts';
import type { WrittenLine } from '../../domain/plan/written-line.ts';
import type { InputCheck } from '../check-input.ts';
import { type PlanLineInput, type TargetInput, targetOf } from './plan-lines.ts';

/**
 * Lines written down as they came in: their form must be right (TOO_MANY, TOO_LONG, INVALID_FORMAT, TARGET_SHAPE), but they may
 * lack anything.
 */
export function writtenLines(inputs: readonly PlanLineInput[], check: InputCheck): WrittenLine[] {
  if (inputs.length > PLAN_LIMITS.lines) check.add('TOO_MANY', 'lines', { maximum: PLAN_LIMITS.lines });
  return inputs.map((input, index) => {
    const path = `lines.${index}`;
    return {
      id: input.id ?? null,
      kind: input.kind ?? 'MAIN',
      title: check.optionalLine(`${path}.title`, input.title, PLAN_LIMITS.title) ?? '',
      aspect: input.aspect,
      perspective: input.perspective ?? null,
      goalId: input.goalId ?? null,
      serves: input.serves
        ? { planId: input.serves.planId, lineId: input.serves.lineId, role: input.serves.role }
        : null,
      indicatorId: input.indicatorId,
      definition: null,
      weight: input.weight ?? null,
      target: input.target ? readTarget(input.target, `${path}.target`, check) : null,
      monthlyTargets: (input.monthlyTargets ?? []).flatMap(({ month, target }, at) => {
        const read = readTarget(target, `${path}.monthlyTargets.${at}.target`, check);
        return read === null ? [] : [{ month: month.slice(5), target: read }];
      }),
    };
  });
}

function readTarget(input: TargetInput, path: string, check: InputCheck): Target | null {
  const target = targetOf(input);
  if (target === null) check.add('TARGET_SHAPE', path);
  return target;
}

/** A written line as the input of a proposal for a year. */
export const inputOf = (line: WrittenLine, year: number): PlanLineInput => ({
  id: line.id,
  kind: line.kind,
  title: line.title,
  aspect: line.aspect,
  perspective: line.perspective,
  goalId: line.goalId,
  serves: line.serves,
  indicatorId: line.indicatorId,
  weight: line.weight,
  target: line.target,
  monthlyTargets: line.monthlyTargets.map(({ month, target }) => ({ month: `${year}-${month}`, target })),
});
