import { expect, test } from 'vitest';
import { numberWords } from '../../functions/domain/number-words.ts';

test.each([
  ['1234567.5', '1.234.567,5', '1,234,567.5'],
  ['999', '999', '999'],
  ['1000', '1.000', '1,000'],
  ['-12500', '-12.500', '-12,500'],
  ['0.125', '0,125', '0.125'],
  ['1.125', '1,125', '1.125'],
])('%s is written %s in Indonesian and %s in English', (value, indonesian, english) => {
  expect(numberWords(value, 'id')).toBe(indonesian);
  expect(numberWords(value, 'en')).toBe(english);
});
