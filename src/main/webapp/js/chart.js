// The live chart. This file and index.html are filtered by Maven for the version of uPlot: no template literals.

import uPlot from '../webjars/uplot/${uplot.version}/dist/uPlot.esm.js';
import { timeOfDay } from './time.js';

const LIMIT = 120;
/** The time axis always spans as much, so that the line moves at one pace from the first number on. */
const SPAN_S = 120;

/** Read at each drawing, so that a change of the colour scheme needs a redraw only. */
const colour = (name) => (plot) => getComputedStyle(plot.root).getPropertyValue(name);

function axis(more) {
  const grid = { stroke: colour('--line'), width: 1 };
  return { stroke: colour('--muted'), font: '12px system-ui, sans-serif', grid, ticks: { show: false }, ...more };
}

/** As wide as the longest number beside the axis needs; there are none yet at the first call. */
function widthOf(plot, numbers) {
  const longest = Math.max(0, ...(numbers ?? []).map((text) => text.length));
  return Math.max(40, 8 * longest + 12);
}

/** A dashed line where the connection was lost and found again. */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour('--waiting')(plot);
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** A dot at the newest number, so that it is seen to move. */
function drawNewest(plot) {
  const [times, values] = plot.data;
  if (values.length === 0 || values.at(-1) === null) return;
  const { ctx } = plot;
  ctx.fillStyle = colour('--accent')(plot);
  ctx.beginPath();
  ctx.arc(
    plot.valToPos(times.at(-1), 'x', true), plot.valToPos(values.at(-1), 'y', true), 4 * devicePixelRatio, 0, 7);
  ctx.fill();
}

export class Chart {
  #plot;
  #times = [];
  #values = [];
  #marks = [];

  constructor(frame) {
    this.#plot = new uPlot(this.#options(frame), [[], []], frame);
    const fit = () => this.#plot.setSize({ width: frame.clientWidth, height: frame.clientHeight });
    new ResizeObserver(fit).observe(frame);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#plot.redraw());
  }

  add(timestamp, value) {
    // The server's clock was set back, and a chart's times have to grow: it begins anew.
    if (timestamp / 1_000 <= this.#times.at(-1)) this.clear();
    this.#times.push(timestamp / 1_000);
    this.#values.push(value);
    this.#trim();
  }

  /** Where the connection was lost; where something is missing for good, the line breaks as well. */
  mark(missing) {
    const last = this.#times.at(-1);
    if (last === undefined) return;
    if (missing) this.add(last * 1_000 + 1, null);
    else this.#marks.push(last);
    this.#trim();
  }

  clear() {
    this.#times.length = this.#values.length = this.#marks.length = 0;
  }

  show() {
    // Copies: what comes while the view is paused must not show through when the chart is redrawn.
    this.#plot.setData([[...this.#times], [...this.#values]]);
  }

  #trim() {
    while (this.#times.length > LIMIT) {
      this.#times.shift();
      this.#values.shift();
    }
    while (this.#marks[0] < this.#times[0]) this.#marks.shift();
  }

  /** Not what uPlot proposes, which is a whole day when there is one number only. */
  #window() {
    const newest = this.#times.at(-1) ?? Date.now() / 1_000;
    return [newest - SPAN_S, newest];
  }

  #options(frame) {
    return {
      width: frame.clientWidth,
      height: frame.clientHeight,
      padding: [12, 28, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false } },
      scales: {
        x: { range: () => this.#window() },
        y: { range: (plot, min, max) => [Math.min(0, min ?? 0), Math.max(1, max ?? 1)] },
      },
      axes: [
        axis({ size: 24, space: 90, values: (plot, ticks) => ticks.map((seconds) => timeOfDay(seconds * 1_000)) }),
        axis({ size: widthOf, space: 40 }),
      ],
      series: [{}, { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 2, points: { show: false } }],
      hooks: { drawClear: [(plot) => drawMarks(plot, this.#marks)], draw: [drawNewest] },
    };
  }
}
