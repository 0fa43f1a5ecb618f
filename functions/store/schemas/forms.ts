import * as z from 'zod/mini';
import type { Decimal } from '../../domain/decimal.ts';
import { once } from '../../domain/once.ts';

/** The form of what is stored. */
export type Shape<T> = () => z.ZodMiniType<T>;

/**
 * A form that is made when it is first asked for: there are hundreds, which take a process that starts longer to make than to
 * read, and it checks by few of them.
 */
export const shape = once;

// What the others are made of.
export const text = z.string();
export const textOrNull = z.nullable(text);
export const whole = z.int();
export const wholeOrNull = z.nullable(whole);
export const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const dateOrNull = z.nullable(date);
export const month = z.string().check(z.regex(/^\d{4}-\d{2}$/));
export const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
export const instantOrNull = z.nullable(instant);
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,6})?$/;
export const decimal = z.custom<Decimal>((value) => typeof value === 'string' && DECIMAL.test(value));
