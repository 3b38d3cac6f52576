'use strict';

// ---- elements: all text goes in as text, never as markup

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      node.append(child instanceof Node ? child : String(child));
    }
  }
  return node;
}

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  return append(node, children);
}

function svg(name, attributes, ...children) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes || {})) {
    node.setAttribute(key, value);
  }
  return append(node, children);
}

function styled(node, properties) {
  for (const [key, value] of Object.entries(properties)) {
    node.style.setProperty(key, value);
  }
  return node;
}

// ---- numbers

const NOT_FINITE = new Map([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]]);

/** Reads a figure of the data: a number, null, or one of the words for which JSON has no number. */
function number(value) {
  return typeof value === 'number' ? value : NOT_FINITE.get(value) ?? null;
}

function numbers(values) {
  return (values || []).map(number);
}

function anyFinite(values) {
  return values.some(Number.isFinite);
}

/** Writes a figure to four significant digits. */
function figure(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  const size = Math.abs(value);
  if (size === Infinity) {
    return value > 0 ? '∞' : '−∞';
  }
  if (size === 0) {
    return '0';
  }
  let text;
  if (size < 1e-3 || size >= 1e7) {
    text = size.toExponential(2);
  } else if (Number.isInteger(size) || size >= 1e4) {
    text = grouped(size);
  } else {
    text = size.toPrecision(4);
  }
  return (value < 0 ? '−' : '') + text.replace('e-', 'e−').replace('e+', 'e');
}

function grouped(value) {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Writes a figure without zeros at its end. */
function brief(value) {
  return Number.isFinite(value) && Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4 ? figure(value).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : figure(value);
}

function share(value) {
  return Number.isFinite(value) ? value.toFixed(4) : figure(value);
}

/** Writes a figure as short as an axis needs it. */
function tick(value) {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size === 0) {
    return '0';
  }
  if (size >= 1e6 || size < 1e-3) {
    return sign + Number(size.toPrecision(6)).toExponential().replace('e-', 'e−').replace('e+', 'e');
  }
  if (size >= 1e4) {
    return sign + Number((size / 1e3).toPrecision(4)) + 'k';
  }
  return sign + Number(size.toPrecision(6));
}

function duration(seconds) {
  if (seconds === null || !Number.isFinite(seconds)) {
    return '–';
  }
  if (seconds < 10) {
    return seconds.toFixed(seconds < 1 ? 2 : 1) + ' s';
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return whole + ' s';
  }
  const two = value => String(value).padStart(2, '0');
  if (whole < 3600) {
    return Math.floor(whole / 60) + ' min ' + two(whole % 60) + ' s';
  }
  return Math.floor(whole / 3600) + ' h ' + two(Math.floor(whole / 60) % 60) + ' min';
}

function moment(text) {
  const date = new Date(text || NaN);
  if (Number.isNaN(date.getTime())) {
    return text || '–';
  }
  const format = {day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'UTC'};
  return new Intl.DateTimeFormat('en-GB', format).format(date).replace(' at ', ', ') + ' UTC';
}

function plural(count, one, many) {
  return grouped(count) + ' ' + (count === 1 ? one : many);
}

// ---- colours

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
let printing = false;
let colours = new Map();

function colour(name) {
  if (!colours.has(name)) {
    colours.set(name, getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim());
  }
  return colours.get(name);
}

/** Deep to bright, told apart without seeing red and green; one for light paper and one for a dark screen. */
const RAMPS = {
  light: [[74, 26, 120], [47, 84, 168], [10, 128, 140], [74, 146, 60], [188, 138, 0]],
  dark: [[146, 122, 236], [92, 160, 244], [54, 194, 196], [146, 212, 106], [246, 214, 74]],
};

/** Returns a colour of a series that has an order. */
function ramp(index, count) {
  const stops = RAMPS[darkScheme.matches && !printing ? 'dark' : 'light'];
  const place = count < 2 ? 0.3 * (stops.length - 1) : (index / (count - 1)) * (stops.length - 1);
  const from = Math.min(Math.floor(place), stops.length - 2);
  const mixed = stops[from].map((c, i) => Math.round(c + (stops[from + 1][i] - c) * (place - from)));
  return 'rgb(' + mixed.join(',') + ')';
}

/** Colours for a few things without an order. */
function hue(index) {
  return colour('hue-' + (index % 8));
}

// ---- charts

const charts = new Set();
const chosen = new Map();

function choice(key) {
  if (!chosen.has(key)) {
    chosen.set(key, {log: null, hidden: new Set(), zoom: null});
  }
  return chosen.get(key);
}

const widths = new ResizeObserver(entries => {
  for (const entry of entries) {
    entry.target.chart?.fit();
  }
});

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Ticks of a logarithmic axis: powers of ten, with 2 and 5 between them when there is room. */
function logTicks(from, to, most) {
  const low = Math.floor(Math.log10(from));
  const high = Math.ceil(Math.log10(to));
  if (Math.log10(to / from) < 0.7) {
    const step = niceStep((to - from) / most);
    const first = Math.ceil(from / step);
    return Array.from({length: Math.max(0, Math.floor(to / step) - first + 1)}, (_, i) => (first + i) * step);
  }
  const every = Math.max(1, Math.ceil((high - low) / most));
  const factors = high - low <= most / 3 ? [1, 2, 5] : high - low <= most / 2 ? [1, 3] : [1];
  const ticks = [];
  for (let power = low; power <= high; power++) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(3));
      if (power % every === 0 && value >= from && value <= to) {
        ticks.push(value);
      }
    }
  }
  return ticks;
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map(f => f * power).find(step => step >= rough * 0.999) || power * 10;
}

/**
 * A line chart with a caption, a legend to switch lines off, and, if wanted, a switch between linear and logarithmic.
 *
 * spec: title, note; x {label, values}; series [{label, values, colour, width}]; format of values; log (null: no
 * switch; 'auto', false, true: how it begins); guides [{y, label}]; marks [{x, label}]; share (values in 0 to 1); small
 * (no switch either); plain (no legend); shared {hidden, changed} of a legend that stands elsewhere.
 */
class Chart {
  constructor(key, spec) {
    this.key = key;
    this.choice = choice(key);
    this.spec = spec;
    this.labels = JSON.stringify(spec.series.map(series => series.label));
    this.plot = el('div', {class: 'plot', role: 'img'});
    this.plot.chart = this;
    this.heading = el('span', {class: 'chart-title'});
    this.note = el('span', {class: 'chart-note'});
    this.reset = el('button', {type: 'button', class: 'quiet', hidden: true, onclick: () => this.zoom(null)}, 'Whole range');
    this.tools = el('div', {class: 'tools'}, this.reset);
    this.node = el('figure', {class: 'chart' + (spec.small ? ' small' : ''), 'data-chart': key},
      el('figcaption', {}, el('div', {class: 'chart-head'}, this.heading, this.note), this.tools));
    if (!spec.small && (spec.log || spec.log === false)) {
      this.tools.append(this.scaleSwitch());
    }
    if (!spec.shared && !spec.plain && spec.series.length > 1) {
      this.node.append(legend(spec.series.map(series => series.label), this.choice.hidden, {
        colour: index => this.colourOf(index),
        changed: () => this.showSeries(),
        focus: index => this.focus(index),
      }));
    }
    this.node.append(this.plot);
    this.caption();
    charts.add(this);
    widths.observe(this.plot);
  }

  get hidden() {
    return this.spec.shared ? this.spec.shared.hidden : this.choice.hidden;
  }

  get log() {
    const {log} = this.spec;
    if (!log && log !== false) {
      return false;
    }
    const values = this.spec.series.flatMap(series => series.values).filter(Number.isFinite);
    if (!values.some(value => value > 0)) {
      return false;
    }
    if (this.choice.log !== null) {
      return this.choice.log;
    }
    if (log !== 'auto') {
      return log;
    }
    const sorted = values.filter(value => value > 0).sort((a, b) => a - b);
    return sorted[sorted.length - 1] > 50 * sorted[sorted.length >> 1];
  }

  scaleSwitch() {
    const button = (text, log) => el('button', {
      type: 'button',
      'aria-pressed': String(this.log === log),
      onclick: () => {
        this.choice.log = log;
        this.build();
      },
    }, text);
    return el('div', {class: 'switch', role: 'group', 'aria-label': 'Scale of ' + this.spec.title},
      button('linear', false), button('log', true));
  }

  caption() {
    const {title, note} = this.spec;
    this.heading.textContent = title || '';
    this.note.textContent = note || '';
    this.plot.setAttribute('aria-label', this.summary());
  }

  summary() {
    const {title, series, x} = this.spec;
    const write = this.spec.format || figure;
    const said = series.slice(0, 4).map(line => {
      const there = line.values.filter(value => value !== null);
      const finite = there.filter(Number.isFinite);
      const odd = there.length - finite.length;
      return finite.length === 0 ? line.label + ': nothing finite'
        : line.label + ' from ' + write(there[0]) + ' to ' + write(there[there.length - 1])
          + ', least ' + write(Math.min(...finite)) + ', most ' + write(Math.max(...finite))
          + (odd ? ', ' + odd + ' not finite' : '');
    });
    if (series.length > 4) {
      said.push('and ' + plural(series.length - 4, 'line', 'lines') + ' more');
    }
    return 'Chart of ' + title + ' by ' + x.label + ': ' + said.join('; ');
  }

  colourOf(index) {
    const {colour: own} = this.spec.series[index];
    return typeof own === 'function' ? own() : own || hue(index);
  }

  /** Takes new data of the same lines; answers false when these are other lines. */
  update(spec) {
    if (JSON.stringify(spec.series.map(series => series.label)) !== this.labels) {
      return false;
    }
    this.spec = spec;
    this.caption();
    if (this.u && this.log !== this.drawnLog) {
      this.build();
    } else if (this.u) {
      this.u.batch(() => {
        this.u.setData(this.data());
        if (this.choice.zoom) {
          this.u.setScale('x', this.choice.zoom);
        }
      });
    }
    return true;
  }

  destroy() {
    charts.delete(this);
    widths.unobserve(this.plot);
    this.u?.destroy();
    this.u = null;
  }

  data() {
    const log = this.drawnLog;
    const {x, series} = this.spec;
    const shown = value => Number.isFinite(value) && (!log || value > 0);
    return [x.values, ...series.map(line => x.values.map((_, i) => shown(line.values[i]) ? line.values[i] : null))];
  }

  get height() {
    return this.spec.small ? 165 : 245;
  }

  /** Fits the chart into the width that it has. */
  fit() {
    const width = Math.floor(this.plot.clientWidth);
    if (width < 50) {
      return;
    }
    if (!this.u) {
      this.build();
    } else if (this.u.width !== width) {
      this.u.setSize({width, height: this.height});
    }
  }

  zoom(range) {
    this.choice.zoom = range;
    const {values} = this.spec.x;
    this.u.setScale('x', range || {min: values[0], max: values[values.length - 1]});
  }

  showSeries() {
    this.u?.batch(() => this.spec.series.forEach((series, i) => {
      const show = !this.hidden.has(series.label);
      if (this.u.series[i + 1].show !== show) {
        this.u.setSeries(i + 1, {show});
      }
    }));
  }

  focus(index) {
    if (this.u) {
      this.u.setSeries(index === null ? null : index + 1, {focus: true});
    }
  }

  rangeX(u, min, max) {
    if (min === null || max === null) {
      return [0, 1];
    }
    return min === max ? [min - 0.6, max + 0.6] : [min, max];
  }

  rangeY(log, min, max) {
    const guides = this.spec.guides || [];
    for (const {y, far} of guides) {
      if (!far && Number.isFinite(y) && (!log || y > 0)) {
        min = min === null ? y : Math.min(min, y);
        max = max === null ? y : Math.max(max, y);
      }
    }
    if (min === null) {
      return log ? [0.1, 1] : [0, 1];
    }
    if (log) {
      const room = Math.max(0.06 * Math.log10(max / min), 0.08);
      return [min / 10 ** room, Math.min(max * 10 ** room, Number.MAX_VALUE)];
    }
    const room = (max - min) * 0.06 || Math.abs(max) * 0.1 || 1;
    const low = this.spec.share || (min >= 0 && min < 0.3 * max) ? Math.min(0, min) : min - room;
    return [min >= 0 ? Math.max(0, low) : low, this.spec.share ? Math.min(max + room, 1.02) : max + room];
  }

  build() {
    const width = Math.floor(this.plot.clientWidth);
    if (width < 50) {
      return;
    }
    this.u?.destroy();
    const log = this.log;
    const {spec} = this;
    this.drawnLog = log;
    this.tools.querySelectorAll('.switch button').forEach((button, i) => button.setAttribute('aria-pressed', String(log === (i === 1))));
    const few = spec.x.values.length <= 40;
    const grid = {stroke: () => colour('grid'), width: 1};
    const stroke = () => colour('muted');
    const most = spec.small ? 5 : 7;
    this.tip = el('div', {class: 'tip', hidden: true});
    this.u = new uPlot({
      width,
      height: this.height,
      padding: [spec.marks?.length ? 18 : 10, 14, 0, 0],
      legend: {show: false},
      focus: {alpha: 0.2},
      cursor: {
        y: false,
        drag: {x: true, y: false, dist: 8},
        focus: spec.series.length > 2 ? {prox: 20} : undefined,
        points: {size: 7},
      },
      scales: {
        x: {time: false, range: (u, min, max) => this.rangeX(u, min, max)},
        y: {distr: log ? 3 : 1, log: 10, range: (u, min, max) => this.rangeY(log, min, max)},
      },
      axes: [
        {
          stroke, font: FONT, size: 26, gap: 4, space: 52, label: spec.x.label, labelFont: FONT, labelSize: 16, labelGap: 0, grid: {show: false}, ticks: {stroke: () => colour('rule'), size: 4, width: 1},
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7, 1e8, 1e9],
          values: (u, splits) => splits.map(tick),
          border: {show: true, stroke: () => colour('rule'), width: 1},
        },
        {
          stroke, font: FONT, gap: 6, space: 30, grid, ticks: {show: false},
          size: (u, values) => values ? Math.max(30, 6.4 * Math.max(...values.map(text => (text || '').length)) + 12) : 40,
          splits: log ? (u, axis, min, max) => logTicks(min, max, most) : undefined,
          filter: (u, splits) => splits,
          values: (u, splits) => splits.map(tick),
        },
      ],
      series: [
        {label: spec.x.label},
        ...spec.series.map((line, i) => ({
          label: line.label,
          show: !this.hidden.has(line.label),
          stroke: () => this.colourOf(i),
          width: line.width || 1.75,
          points: {
            size: line.width < 1.5 ? 3 : 5,
            width: 0,
            fill: () => this.colourOf(i),
            show: few,
            // Where there are many, those without a neighbour only, which no line would show.
            filter: (u, index, show) => show ? null : lonely(u.data[index]),
          },
        })),
      ],
      hooks: {
        drawClear: [u => this.drawGuides(u)],
        draw: [u => this.drawOdd(u), u => this.drawLabels(u)],
        ready: [u => u.over.append(this.tip)],
        setCursor: [u => this.point(u)],
        setScale: [(u, scale) => scale === 'x' && this.zoomed(u)],
      },
    }, this.data(), this.plot);
    if (this.choice.zoom) {
      this.u.setScale('x', this.choice.zoom);
    }
  }

  zoomed(u) {
    const {values} = this.spec.x;
    const {min, max} = u.scales.x;
    const part = min > values[0] || max < values[values.length - 1];
    this.choice.zoom = part ? {min, max} : null;
    this.reset.hidden = !part;
  }

  /** Calls back with the place of each guide and mark that is in view, and what is written there. */
  eachGuide(u, level, upright) {
    for (const {y, label} of this.spec.guides || []) {
      if (y >= u.scales.y.min && y <= u.scales.y.max) {
        level(Math.round(u.valToPos(y, 'y', true)), label);
      }
    }
    for (const {x, label} of this.spec.marks || []) {
      if (x >= u.scales.x.min && x <= u.scales.x.max) {
        upright(Math.round(u.valToPos(x, 'x', true)), label);
      }
    }
  }

  drawGuides(u) {
    const {ctx, bbox} = u;
    const {pxRatio} = uPlot;
    const line = (x1, y1, x2, y2) => {
      ctx.beginPath();
      ctx.moveTo(x1, y1);
      ctx.lineTo(x2, y2);
      ctx.stroke();
    };
    ctx.save();
    ctx.strokeStyle = colour('guide');
    ctx.lineWidth = pxRatio;
    ctx.setLineDash([5 * pxRatio, 4 * pxRatio]);
    this.eachGuide(u, y => line(bbox.left, y, bbox.left + bbox.width, y), x => line(x, bbox.top, x, bbox.top + bbox.height));
    ctx.restore();
  }

  /** Writes above the lines what the guides are. */
  drawLabels(u) {
    const {ctx, bbox} = u;
    const {pxRatio} = uPlot;
    const write = (text, x, y) => {
      ctx.strokeText(text, x, y);
      ctx.fillText(text, x, y);
    };
    ctx.save();
    ctx.font = FONT.replace('11px', 11 * pxRatio + 'px');
    ctx.fillStyle = colour('muted');
    ctx.strokeStyle = colour('card');
    ctx.lineWidth = 4 * pxRatio;
    ctx.lineJoin = 'round';
    this.eachGuide(u, (y, label) => {
      const under = y - bbox.top < 18 * pxRatio;
      ctx.textAlign = 'right';
      ctx.textBaseline = under ? 'top' : 'bottom';
      write(label, bbox.left + bbox.width - 3 * pxRatio, y + (under ? 5 : -4) * pxRatio);
    }, (x, label) => {
      ctx.textAlign = x > bbox.left + bbox.width / 2 ? 'right' : 'left';
      ctx.textBaseline = 'bottom';
      write(label, x + (ctx.textAlign === 'right' ? 3 : -3) * pxRatio, bbox.top - 3 * pxRatio);
    });
    ctx.restore();
  }

  /** Marks, at the upper edge, where a line has a value that is not finite. */
  drawOdd(u) {
    const {ctx, bbox} = u;
    const {pxRatio} = uPlot;
    const arm = 3.5 * pxRatio;
    ctx.save();
    ctx.lineWidth = 1.5 * pxRatio;
    this.spec.series.forEach((line, i) => {
      if (this.hidden.has(line.label)) {
        return;
      }
      let last = -Infinity;
      ctx.strokeStyle = this.colourOf(i);
      this.spec.x.values.forEach((x, at) => {
        const value = line.values[at];
        if (typeof value !== 'number' || Number.isFinite(value) || x < u.scales.x.min || x > u.scales.x.max) {
          return;
        }
        const left = u.valToPos(x, 'x', true);
        if (left - last < 3 * arm) {
          return;
        }
        last = left;
        const top = bbox.top + arm + i % 3 * 2.6 * arm;
        ctx.beginPath();
        ctx.moveTo(left - arm, top - arm);
        ctx.lineTo(left + arm, top + arm);
        ctx.moveTo(left - arm, top + arm);
        ctx.lineTo(left + arm, top - arm);
        ctx.stroke();
      });
    });
    ctx.restore();
  }

  /** Shows, at the pointer, what the lines are there. */
  point(u) {
    const {left, idx} = u.cursor;
    if (left < 0 || idx === null || idx === undefined) {
      this.tip.hidden = true;
      return;
    }
    const write = this.spec.format || figure;
    let rows = this.spec.series
      .map((line, i) => ({line, i, value: line.values[idx]}))
      .filter(({line, value}) => value !== null && value !== undefined && !this.hidden.has(line.label));
    const all = rows.length;
    if (all > 10) {
      const near = ({value}) => Number.isFinite(value) ? Math.abs(u.valToPos(value, 'y') - u.cursor.top) : Infinity;
      rows = rows.sort((a, b) => near(a) - near(b)).slice(0, 8).sort((a, b) => a.i - b.i);
    }
    this.tip.replaceChildren(
      el('div', {class: 'tip-x'}, this.spec.x.label + ' ' + figure(this.spec.x.values[idx])),
      ...rows.map(({line, i, value}) => el('div', {class: 'tip-row'},
        styled(el('span', {class: 'dot'}), {background: this.colourOf(i)}),
        el('span', {class: 'tip-label'}, line.label),
        el('span', {class: 'tip-value'}, write(value)))),
      all > rows.length ? el('div', {class: 'tip-x'}, '… of ' + all) : '');
    this.tip.hidden = false;
    const beyond = left > u.over.clientWidth / 2;
    styled(this.tip, beyond
      ? {left: 'auto', right: u.over.clientWidth - left + 12 + 'px'}
      : {right: 'auto', left: left + 12 + 'px'});
  }
}

/** Returns the places of values without a neighbour. */
function lonely(values) {
  const places = [];
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) {
      places.push(i);
    }
  }
  return places.length ? places : null;
}

/** Buttons that switch lines off and on; pointing at one brings its line forward. */
function legend(labels, hidden, {colour: colourOf, changed, focus}) {
  const buttons = labels.map((label, i) => {
    const key = svg('svg', {viewBox: '0 0 18 8', class: 'key', 'aria-hidden': 'true'},
      svg('line', {x1: 1, x2: 17, y1: 4, y2: 4}));
    key.recolour = () => styled(key, {stroke: colourOf(i)});
    key.recolour();
    return el('button', {
      type: 'button',
      'aria-pressed': String(!hidden.has(label)),
      onclick: event => {
        if (!hidden.delete(label)) {
          hidden.add(label);
        }
        event.currentTarget.setAttribute('aria-pressed', String(!hidden.has(label)));
        changed();
      },
      onmouseenter: () => hidden.has(label) || focus(i),
      onmouseleave: () => focus(null),
    }, key, label);
  });
  const node = el('div', {class: 'legend', role: 'group', 'aria-label': 'Lines shown'}, buttons);
  if (labels.length > 3) {
    const set = some => {
      labels.forEach((label, i) => {
        hidden[some ? 'delete' : 'add'](label);
        buttons[i].setAttribute('aria-pressed', String(some));
      });
      changed();
    };
    node.append(
      el('button', {type: 'button', class: 'quiet', onclick: () => set(true)}, 'all'),
      el('button', {type: 'button', class: 'quiet', onclick: () => set(false)}, 'none'));
  }
  return node;
}

/** Draws all charts again in the colours of the day. */
function recolour() {
  colours = new Map();
  for (const chart of charts) {
    chart.u?.redraw(false);
  }
  for (const key of document.querySelectorAll('.key, [data-ramp]')) {
    key.recolour?.();
  }
}

darkScheme.addEventListener('change', recolour);

let closed = [];
addEventListener('beforeprint', () => {
  printing = true;
  document.documentElement.dataset.print = '';
  closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach(details => details.open = true);
  recolour();
  for (const chart of charts) {
    // Two to a row of paper; the canvas is then drawn for that width rather than shrunk to it.
    chart.u?.setSize({width: chart.spec.small ? 265 : 305, height: chart.spec.small ? 165 : 200});
  }
});
addEventListener('afterprint', () => {
  printing = false;
  delete document.documentElement.dataset.print;
  closed.forEach(details => details.open = false);
  recolour();
  for (const chart of charts) {
    chart.u?.setSize({width: Math.floor(chart.plot.clientWidth), height: chart.height});
  }
});

// ---- keeping a page up to date

const kept = new WeakMap();

/**
 * Puts items into an element, in order. An item has a key and is a chart {chart: spec}, a box {box: () => node, items}
 * or a leaf {leaf: () => node, value}, which is made again when its value has changed. What stays keeps its state.
 */
function fill(parent, items) {
  const before = kept.get(parent) || new Map();
  const after = new Map();
  const there = items.flat(Infinity).filter(Boolean);
  const keys = new Set(there.map(item => item.key));
  before.forEach((entry, key) => keys.has(key) || remove(entry));
  let place = null;
  for (const item of there) {
    let entry = before.get(item.key);
    if (item.chart) {
      if (!entry?.chart?.update(item.chart)) {
        remove(entry);
        const chart = new Chart(item.key, item.chart);
        entry = {chart, node: chart.node};
      }
    } else if (item.box) {
      if (!entry?.inner) {
        remove(entry);
        const node = item.box();
        entry = {node, inner: node.querySelector('[data-inner]') || node};
      }
    } else {
      const value = JSON.stringify(item.value ?? null);
      if (!entry || entry.value !== value) {
        remove(entry);
        entry = {node: item.leaf(), value};
      }
    }
    after.set(item.key, entry);
    const next = place ? place.nextSibling : parent.firstChild;
    if (next !== entry.node) {
      parent.insertBefore(entry.node, next);
    }
    place = entry.node;
    if (item.box) {
      fill(entry.inner, item.items);
    }
  }
  kept.set(parent, after);
}

function remove(entry) {
  if (entry) {
    if (entry.inner) {
      fill(entry.inner, []);
    }
    entry.chart?.destroy();
    entry.node.remove();
  }
}

/** An item that is a section of the page; null when it would hold nothing. */
function section(id, title, note, items) {
  const there = items.flat(Infinity).filter(Boolean);
  return there.length === 0 ? null : {
    key: id,
    title,
    box: () => el('section', {id, 'aria-labelledby': id + '-title'},
      el('h2', {id: id + '-title'}, title),
      note ? el('p', {class: 'note'}, note) : null,
      el('div', {'data-inner': true})),
    items: there,
  };
}

function box(key, className, items) {
  const there = items.flat(Infinity).filter(Boolean);
  return there.length === 0 ? null : {key, box: () => el('div', {class: className}), items: there};
}

/** Links to the sections. */
function contents(sections) {
  fill(document.getElementById('contents'), [{
    key: 'links',
    value: sections.map(part => part.key),
    leaf: () => el('ul', {}, sections.map(part => el('li', {}, el('a', {href: '#' + part.key}, part.title)))),
  }]);
}

/** A table: heads [text or {text, numeric}], rows of cells that are texts or nodes; the first cell heads its row. */
function table(caption, heads, rows, className) {
  const cell = (content, i, name) => {
    const head = heads[i] || {};
    return el(name, {class: head.numeric ? 'numeric' : head.className || null, scope: name === 'th' ? 'row' : null}, content);
  };
  return el('div', {class: 'scroll'}, el('table', {class: className || null},
    el('caption', {class: 'unseen'}, caption),
    el('thead', {}, el('tr', {}, heads.map(head =>
      el('th', {scope: 'col', class: head.numeric ? 'numeric' : null}, head.text ?? head)))),
    el('tbody', {}, rows.map(row => el('tr', {}, row.map((content, i) => cell(content, i, i === 0 ? 'th' : 'td')))))));
}

// ---- words and marks

const STATES = {running: 'running', succeeded: 'succeeded', failed: 'failed', interrupted: 'interrupted'};
const MARKS = {
  pass: 'M3 8.5l3.2 3.2L13 5', succeeded: 'M3 8.5l3.2 3.2L13 5', fail: 'M4 4l8 8M12 4l-8 8', failed: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 3v6M8 12v1', interrupted: 'M5.5 4v8M10.5 4v8', info: 'M8 7v6M8 3v1', running: 'M5 3.5l7 4.5-7 4.5z',
};

function mark(kind) {
  return svg('svg', {viewBox: '0 0 16 16', class: 'mark', 'aria-hidden': 'true'}, svg('path', {d: MARKS[kind] || MARKS.info}));
}

function badge(kind, text) {
  return el('span', {class: 'badge ' + kind}, mark(kind), text);
}

function words(code) {
  const text = String(code || '').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A chart of the lines that have a finite value. Null when there is none, or when there are fewer points than say
 * something.
 */
function lineChart(key, x, series, {least = 2, ...more}) {
  const drawn = series.filter(line => anyFinite(line.values));
  return drawn.length && x.values.length >= least ? {key, chart: {x, series: drawn, ...more}} : null;
}
