import * as z from 'zod/mini';

// Forms that the bodies of the areas share with those in ../schemas.ts.

export const text = z.string();
export const textOrNull = z.nullable(text);
export const whole = z.int();
export const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const dateOrNull = z.nullable(date);
export const month = z.string().check(z.regex(/^\d{4}-\d{2}$/));
export const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
