import { expect, test } from 'vitest';
import { renderChart } from '../../../functions/chart/render-chart.ts';

const chart = {
  form: 'ROWS',
  unit: 'Nilai',
  values: [90, null],
  labels: ['90.00', 'tidak terukur'],
  range: { low: 0, high: 120 },
} as const;

test('a name is text in the image, whatever it looks like', () => {
  const name = `$' $& $1 {b} "<script>alert(1)</script>" & Co`;
  const svg = renderChart({ ...chart, title: name, categories: [name, '2. <a href="x">'] });
  expect(svg).toContain(
    "<title>$' $&amp; $1 {b} &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; &amp; Co</title>",
  );
  expect(svg).not.toMatch(/<script|<a /);
  expect(svg.match(/<svg/g)).toHaveLength(1);
  expect(svg.match(/<\/svg>/g)).toHaveLength(1);
  expect(svg).toContain('90.00');
});
