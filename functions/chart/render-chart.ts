import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type ChartSpec, describeChart } from '../domain/chart/chart.ts';

use([BarChart, LineChart, GridComponent, TitleComponent, SVGRenderer]);

const WIDTH = 720;
const HEIGHT = 400;
const ROW = 28;
/** Dark on white, 7.5 : 1, and told by position and label too, never by colour alone. */
const INK = '#1f3a5f';

/**
 * A chart as one SVG image: with a title and a description for who cannot see it, and without anything that is loaded from
 * elsewhere. Every point carries its value as text.
 */
export function renderChart(chart: ChartSpec): string {
  const { form, title, unit, categories, values, labels, range } = chart;
  const rows = form === 'ROWS';
  const height = rows ? Math.max(HEIGHT / 2, 120 + categories.length * ROW) : HEIGHT;
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    const categoryAxis = {
      type: 'category' as const,
      data: [...categories],
      inverse: rows,
      axisLabel: { interval: 0, width: rows ? 220 : 110, overflow: 'break' as const },
    };
    const valueAxis = {
      type: 'value' as const,
      name: unit,
      nameLocation: 'middle' as const,
      nameGap: 40,
      ...(range === null ? { minInterval: 1 } : { min: range.low, max: range.high }),
    };
    drawing.setOption({
      animation: false,
      color: [INK],
      title: {
        text: title,
        left: 'center',
        textStyle: { fontSize: 16, width: WIDTH - 40, overflow: 'break' },
      },
      grid: { left: rows ? 240 : 70, right: 60, top: 60, bottom: 60 },
      xAxis: rows ? valueAxis : categoryAxis,
      yAxis: rows ? categoryAxis : valueAxis,
      series: [
        {
          type: form === 'LINE' ? 'line' : 'bar',
          data: values.map((value) => value ?? '-'),
          connectNulls: false,
          symbolSize: 8,
          barMaxWidth: 40,
          label: {
            show: true,
            position: rows ? 'right' : 'top',
            formatter: ({ dataIndex }: { readonly dataIndex: number }) => labels[dataIndex] ?? '',
          },
        },
      ],
    });
    return accessible(drawing.renderToSVGString(), chart);
  } finally {
    drawing.dispose();
  }
}

/** Puts title and description into the image, where screen readers find them. */
function accessible(svg: string, chart: ChartSpec): string {
  const words = `<title>${escapeXml(chart.title)}</title><desc>${escapeXml(describeChart(chart))}</desc>`;
  // Made by a function: in a text, `$'` and its like would be replaced by parts of the image.
  return svg.replace(/^<svg([^>]*)>/, (_, attributes: string) => `<svg${attributes} role="img">${words}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
