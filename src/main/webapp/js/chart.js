// The live chart. Maven inserts the version of uPlot into this file and index.html, so they cannot use template literals.

import uPlot from '../webjars/uplot/${uplot.version}/dist/uPlot.esm.js';
import { timeOfDay } from './time.js';

const MAX_VALUES = 120;
/** The constant length of the time axis, with which the line moves at the same speed from the first value on. */
const SPAN_S = 120;

/** Returns a function that reads the colour at each drawing, so that a new colour scheme only needs a redraw. */
const colour = (name) => (plot) => getComputedStyle(plot.root).getPropertyValue(name);

function axis(more) {
  const grid = { stroke: colour('--line'), width: 1 };
  return { stroke: colour('--muted'), font: '12px system-ui, sans-serif', grid, ticks: { show: false }, ...more };
}

/** Returns the width of the longest number beside the axis. There are no numbers at the first call. */
function axisWidth(plot, numbers) {
  const longest = Math.max(0, ...(numbers ?? []).map((text) => text.length));
  return Math.max(40, 8 * longest + 12);
}

/** Draws a dashed line at each time at which the connection was lost. */
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

/** Draws a dot at the newest value, which makes the movement visible. */
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
    // The server's clock was set back. The times of a chart must increase, so it starts again.
    if (timestamp / 1_000 <= this.#times.at(-1)) this.clear();
    this.#times.push(timestamp / 1_000);
    this.#values.push(value);
    this.#trim();
  }

  /** Marks a lost connection or, if events are missing, interrupts the line. */
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
    // Copies, so that a redraw does not show values that arrive while the view is paused.
    this.#plot.setData([[...this.#times], [...this.#values]]);
  }

  #trim() {
    while (this.#times.length > MAX_VALUES) {
      this.#times.shift();
      this.#values.shift();
    }
    while (this.#marks[0] < this.#times[0]) this.#marks.shift();
  }

  /** Returns the range of the time axis. For a single value the default of uPlot is a whole day. */
  #timeRange() {
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
        x: { range: () => this.#timeRange() },
        y: { range: (plot, min, max) => [Math.min(0, min ?? 0), Math.max(1, max ?? 1)] },
      },
      axes: [
        axis({ size: 24, space: 90, values: (plot, ticks) => ticks.map((seconds) => timeOfDay(seconds * 1_000)) }),
        axis({ size: axisWidth, space: 40 }),
      ],
      series: [{}, { stroke: colour('--accent'), fill: colour('--accent-soft'), width: 2, points: { show: false } }],
      hooks: { drawClear: [(plot) => drawMarks(plot, this.#marks)], draw: [drawNewest] },
    };
  }
}
