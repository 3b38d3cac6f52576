
const TRAIN = () => colour('hue-0');
const VALIDATION = () => colour('hue-1');

const RESULTS = {pass: 'passed', info: 'note', warn: 'warning', fail: 'failed'};
const SEVERITIES = {info: 'Note', warn: 'Warning', fail: 'Fault'};
function sentence(text) {
  const trimmed = String(text ?? '').trim();
  // A name such as dense_1.weight keeps its small letter.
  const begun = /^[a-z]+(?![\w.([])/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return begun + (begun === '' || /[.!?…]$/.test(begun) ? '' : '.');
}

// ---- what the data say

/** Reads the parts of the data that are drawn. */
function read(d) {
  const epochs = d.epochs || {};
  const samples = d.samples || {};
  const columns = (object, names) => Object.fromEntries(names.map(name => [name, numbers(object[name])]));
  const run = {
    raw: d,
    metrics: Object.fromEntries(Object.entries(d.metrics || {}).map(([key, value]) => [key, number(value)])),
    epochs: columns(epochs, ['epoch', 'step', 'learning_rate', 'train_loss', 'train_accuracy', 'validation_loss',
      'validation_accuracy', 'seconds', 'samples_per_second']),
    samples: columns(samples, ['step', 'loss', 'gradient_norm', 'learning_rate']),
    layers: (d.layers || []).map(layer => ({name: layer.name, path: layer.path,
      ...columns(layer, ['mean', 'std', 'saturated', 'dead', 'gradient'])})),
    tensors: (d.tensors || []).map(tensor => ({name: tensor.name, layer: tensor.layer, weight: tensor.weight,
      ...columns(tensor, ['norm', 'gradient_norm', 'update_ratio'])})),
  };
  run.byEpoch = {label: 'epoch', values: run.epochs.epoch};
  run.byStep = {label: 'step', values: run.samples.step};
  return run;
}

// ---- head

function seconds(d) {
  const taken = (new Date(d.finished) - new Date(d.started)) / 1000;
  return Number.isFinite(taken) && d.finished ? taken
    : d.stages?.length ? d.stages.reduce((sum, stage) => sum + (number(stage.seconds) || 0), 0) : null;
}

function head(run) {
  const d = run.raw;
  const {metrics} = run;
  const tile = (label, value, note) => ({label, value, note});
  const bestOf = metrics.best_epoch ?? null;
  const tiles = [
    ['test_accuracy', 'Test accuracy', share], ['test_loss', 'Test loss', figure],
    ['validation_accuracy', 'Validation accuracy', share], ['validation_loss', 'Validation loss', figure],
    ['train_accuracy', 'Training accuracy', share], ['train_loss', 'Training loss', figure],
    ...(metrics.train_loss === undefined ? [['initial_loss', 'Loss before training', figure]] : []),
  ].filter(([key]) => metrics[key] !== undefined && metrics[key] !== null)
    .map(([key, label, write]) => tile(label, write(metrics[key])));
  if (bestOf !== null) {
    tiles.push(tile('Best epoch', figure(bestOf), metrics.epochs ? 'of ' + figure(metrics.epochs) : null));
  } else if (metrics.epochs) {
    tiles.push(tile('Epochs', figure(metrics.epochs)));
  }
  const state = STATES[d.status] || d.status || 'unknown';
  const facts = [
    ['Run', d.run],
    ['Seed', d.seed === null || d.seed === undefined ? null : String(d.seed)],
    ['Started', d.started ? moment(d.started) : null],
    [d.status === 'running' ? 'So far' : 'Took', seconds(d) === null ? null : duration(seconds(d))],
    ['Exit', d.exit === null || d.exit === undefined ? null : String(d.exit)],
  ].filter(([, value]) => value);
  const {progress} = d;
  return {
    key: 'head',
    box: () => el('header', {class: 'head'}),
    items: [
      {
        key: 'title',
        value: [d.name, d.status, d.cause, facts],
        leaf: () => el('div', {},
          el('div', {class: 'title'}, el('h1', {}, d.name || d.run || 'Run'), badge(d.status, words(state))),
          d.cause ? el('p', {class: 'cause'}, sentence(d.cause)) : null,
          el('dl', {class: 'facts'}, facts.map(([label, value]) => el('div', {}, el('dt', {}, label), el('dd', {}, value))))),
      },
      {key: 'live', box: () => el('p', {class: 'live', role: 'status'}), items: []},
      progress && d.status === 'running' ? {
        key: 'progress',
        value: progress,
        leaf: () => el('div', {class: 'progress'},
          el('progress', {max: progress.steps || 1, value: progress.step || 0, 'aria-label': 'Progress'}),
          el('span', {}, 'epoch ' + figure(progress.epoch) + ' of ' + figure(progress.epochs)
            + ', step ' + figure(progress.step) + ' of ' + figure(progress.steps))),
      } : null,
      tiles.length ? {
        key: 'tiles',
        value: tiles,
        leaf: () => el('dl', {class: 'tiles ' + (d.status || '') + (tiles.length > 4 ? ' many' : '')}, tiles.map(({label, value, note}) =>
          el('div', {}, el('dt', {}, label), el('dd', {}, value, note ? el('small', {}, ' ' + note) : null)))),
      } : null,
    ],
  };
}

// ---- findings

/** The line, among those that have a name, that a finding is about. */
function concerned(lines, subject) {
  const name = String(subject || '').split(' and ')[0];
  return lines.find(line => line.name === name)
    || lines.find(line => line.path && line.path === name)
    || lines.find(line => name.startsWith(line.name + '.') || line.name.startsWith(name + '.')) || null;
}

/** A chart of all lines, with the one that a finding is about in front of the others. */
function inFront(key, run, finding, lines, part, title, more) {
  const there = lines.filter(line => anyFinite(line[part]));
  const it = finding.subject ? concerned(there, finding.subject) : null;
  const rest = there.filter(line => line !== it).slice(0, 12);
  const line = (one, own, width) => ({label: one.name, values: one[part], colour: own, width});
  return lineChart(key, run.byStep, [
    ...rest.map((one, i) => line(one, it ? () => colour('faint') : () => ramp(i, rest.length), 1.25)),
    ...(it ? [line(it, () => colour('fail'), 2)] : []),
  ], {small: true, plain: true, title: it ? title + ', ' + it.name : title, note: it && rest.length ? 'grey: the others' : null, ...more});
}

/** The numbers in a threshold such as "> 0.5", for lines across the chart. */
function bounds(threshold) {
  return (String(threshold || '').match(/[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?/g) || []).map(Number).filter(Number.isFinite)
    .map(y => ({y, label: 'threshold ' + tick(y)}));
}

/** The chart that shows what was found; null where none does. */
function evidence(run, finding, key) {
  const {epochs, samples, byStep, byEpoch} = run;
  const small = {small: true};
  const losses = () => lineChart(key, byEpoch, [
    {label: 'training', values: epochs.train_loss, colour: TRAIN},
    {label: 'validation', values: epochs.validation_loss, colour: VALIDATION},
  ], {...small, title: 'Loss', log: 'auto'});
  const steps = () => lineChart(key, byStep, [{label: 'loss', values: samples.loss, colour: TRAIN}], {...small, title: 'Loss of the batches', log: 'auto'});
  const long = epochs.epoch.length > 2;
  const layer = (part, title, more) => inFront(key, run, finding, run.layers, part, title, more);
  const tensor = (part, title, more) => inFront(key, run, finding, run.tensors.filter(one => one.weight), part, title, more);
  switch (finding.fault) {
    case 'overfitting':
    case 'underfitting':
    case 'plateau':
    case 'random_labels':
    case 'split_leak':
      return losses() || steps();
    case 'loss_stuck':
      return long ? losses() || steps() : steps() || losses();
    case 'diverging':
    case 'oscillating':
    case 'non_finite':
    case 'learning_rate_high':
    case 'learning_rate_low':
      return steps() || losses();
    case 'dead_units':
      return layer('dead', 'Dead units', {share: true, guides: bounds(finding.threshold)});
    case 'saturated_units':
    case 'saturated_activations':
      return layer('saturated', 'Saturated activations', {share: true, guides: bounds(finding.threshold)});
    case 'vanishing_activations':
    case 'exploding_activations':
      return layer('std', 'Standard deviation of the activations', {log: true});
    case 'vanishing_gradient':
      return layer('gradient', 'Mean magnitude of the gradient', {log: true});
    case 'blocked_gradient':
      return tensor('gradient_norm', 'Norm of the gradient');
    case 'exploding_gradient':
      return lineChart(key, byStep, [{label: 'norm', values: samples.gradient_norm, colour: TRAIN}],
        {...small, title: 'Norm of the gradient', log: true});
    case 'update_ratio':
      return tensor('update_ratio', 'Update ratio', {log: true, guides: bounds(finding.threshold)});
    default:
      return null;
  }
}

function findings(run) {
  const d = run.raw;
  const found = d.findings || [];
  if (found.length === 0) {
    const checks = (d.checks || []).filter(check => check.result === 'pass').length;
    return checks === 0 && d.status !== 'succeeded' ? null : section('findings', 'Findings', null, [{
      key: 'none',
      value: [checks, d.status],
      leaf: () => el('p', {class: 'healthy'}, mark('pass'),
        el('span', {}, (d.status === 'running' ? 'Nothing has been found wrong so far.' : 'Nothing was found wrong.') + (checks ? ' ' + plural(checks, 'check', 'checks') + ' passed before the training.' : ''))),
    }]);
  }
  return section('findings', 'Findings', null, found.map((finding, i) => {
    const chart = evidence(run, finding, 'finding-' + i + '-' + finding.fault);
    return {
      key: i + ' ' + finding.fault + ' ' + finding.subject,
      box: () => el('article', {class: 'finding ' + finding.severity}),
      items: [
        {
          key: 'text',
          value: finding,
          leaf: () => el('div', {class: 'finding-text'},
            el('h3', {}, badge(finding.severity, SEVERITIES[finding.severity] || words(finding.severity)), ' ',
              el('span', {}, words(finding.fault)), finding.subject ? el('code', {}, finding.subject) : null),
            el('p', {class: 'message'}, sentence(finding.message)),
            el('dl', {class: 'pairs'},
              pair('Measured', finding.measured === null || finding.measured === undefined ? null : [
                el('b', {}, brief(number(finding.measured))),
                finding.threshold ? [', threshold ', el('b', {}, finding.threshold)] : null]),
              pair('What helps', finding.advice),
              pair('Found in', finding.phase === 'check' ? 'the check-up' : finding.phase === 'train' ? 'training' : finding.phase === 'evaluate' ? 'evaluation' : finding.phase),
              pair('Source', finding.source))),
        },
        chart,
      ],
    };
  }));
}

function pair(label, value) {
  return value === null || value === undefined || value === '' ? null : el('div', {}, el('dt', {}, label), el('dd', {}, value));
}

// ---- curves

function smoothed(values) {
  const keep = Math.max(0, 1 - 40 / Math.max(values.length, 40));
  let mean = null;
  return values.map(value => {
    if (!Number.isFinite(value)) {
      mean = value === null ? mean : null;
      return null;
    }
    mean = mean === null ? value : keep * mean + (1 - keep) * value;
    return mean;
  });
}

function curves(run) {
  const {epochs, samples, metrics, byEpoch, byStep} = run;
  const best = Number.isFinite(metrics.best_epoch) && epochs.epoch.length > 1 ? [{x: metrics.best_epoch, label: 'best epoch'}] : [];
  const classes = anyFinite(epochs.train_accuracy) || anyFinite(epochs.validation_accuracy);
  const gap = (a, b) => a.map((value, i) => Number.isFinite(value) && Number.isFinite(b[i]) ? value - b[i] : null);
  const manySteps = samples.learning_rate.filter(Number.isFinite).length > 1;
  const fine = smoothed(samples.loss);
  return section('curves', 'Training', null, [box('charts', 'grid', [
    lineChart('loss', byEpoch, [
      {label: 'training', values: epochs.train_loss, colour: TRAIN},
      {label: 'validation', values: epochs.validation_loss, colour: VALIDATION},
    ], {title: 'Loss', note: 'mean of the epoch', log: 'auto', marks: best, least: 1}),
    lineChart('accuracy', byEpoch, [
      {label: 'training', values: epochs.train_accuracy, colour: TRAIN},
      {label: 'validation', values: epochs.validation_accuracy, colour: VALIDATION},
    ], {title: 'Accuracy', format: share, marks: best, least: 1}),
    lineChart('step-loss', byStep, samples.loss.length > 40 ? [
      {label: 'batch', values: samples.loss, colour: () => colour('faint'), width: 1},
      {label: 'smoothed', values: fine, colour: TRAIN, width: 2},
    ] : [{label: 'batch', values: samples.loss, colour: TRAIN}], {title: 'Loss of the batches', note: 'at sampled steps', log: 'auto'}),
    classes
      ? lineChart('gap', byEpoch, [{label: 'gap', values: gap(epochs.train_accuracy, epochs.validation_accuracy), colour: () => colour('hue-2')}],
        {title: 'Generalization gap', note: 'training less validation accuracy', guides: [{y: 0, label: ''}]})
      : lineChart('gap', byEpoch, [{label: 'gap', values: gap(epochs.validation_loss, epochs.train_loss), colour: () => colour('hue-2')}],
        {title: 'Generalization gap', note: 'validation less training loss', guides: [{y: 0, label: ''}]}),
    manySteps
      ? lineChart('rate', byStep, [{label: 'learning rate', values: samples.learning_rate, colour: () => colour('hue-3')}],
        {title: 'Learning rate', log: false})
      : lineChart('rate', byEpoch, [{label: 'learning rate', values: epochs.learning_rate, colour: () => colour('hue-3')}],
        {title: 'Learning rate', log: false}),
    lineChart('speed', byEpoch, [{label: 'samples/s', values: epochs.samples_per_second, colour: () => colour('hue-4')}],
      {title: 'Speed', note: 'samples a second'}),
  ])]);
}

// ---- inside

const shared = new Map();

/** A legend for several charts over the same things. */
function sharedLegend(key, labels) {
  if (!shared.has(key)) {
    shared.set(key, {hidden: new Set()});
  }
  const group = shared.get(key);
  const those = () => [...charts].filter(chart => chart.spec.shared === group);
  return {
    group,
    item: {
      key: key + '-legend',
      value: labels,
      leaf: () => legend(labels, group.hidden, {
        colour: index => ramp(index, labels.length),
        changed: () => those().forEach(chart => chart.showSeries()),
        focus: index => those().forEach(chart => {
          const at = index === null ? null : chart.spec.series.findIndex(line => line.label === labels[index]);
          chart.focus(at === -1 ? null : at);
        }),
      }),
    },
  };
}

function histories(key, run, lines, charted, more = null) {
  const labels = lines.map(line => line.name);
  const {group, item} = sharedLegend(key, labels);
  const drawn = charted.map(({part, ...spec}) => lineChart(key + '-' + part, run.byStep, lines.map((line, i) => ({
    label: line.name, values: line[part], colour: () => ramp(i, lines.length), width: run.byStep.values.length > 200 ? 1.25 : 1.75,
  })), {shared: group, ...spec})).filter(Boolean);
  return [drawn.length && labels.length > 1 ? item : null, box(key + '-charts', 'grid', [drawn, more])];
}

function layers(run) {
  return section('layers', 'Layers', 'What each layer gives on, and the gradient that comes back to it, from the first layer (dark) to the last (bright).',
    histories('layers', run, run.layers, [
      {part: 'mean', title: 'Activation mean'},
      {part: 'std', title: 'Activation standard deviation', log: 'auto'},
      {part: 'saturated', title: 'Saturated', note: 'share of the activations', share: true, format: share},
      {part: 'dead', title: 'Dead', note: 'share of the units', share: true, format: share},
      {part: 'gradient', title: 'Gradient', note: 'mean magnitude', log: true},
    ]));
}

function weights(run) {
  const those = run.tensors.filter(tensor => tensor.weight);
  return section('weights', 'Weights', null, [
    histories('weights', run, those, [
      {part: 'update_ratio', title: 'Update ratio', note: 'size of an update over that of the weight', log: true, guides: [{y: 1e-3, label: '1e−3'}]},
      {part: 'norm', title: 'Norm of the weight', log: 'auto'},
      {part: 'gradient_norm', title: 'Norm of its gradient', log: true},
    ], lineChart('gradient-norm', run.byStep, [{label: 'norm', values: run.samples.gradient_norm, colour: TRAIN, width: 1.25}],
      {title: 'Norm of the whole gradient', log: 'auto'})),
  ]);
}

// ---- histograms

const RIDGES = 8;

/** Of many epochs the first, the last and some between. */
function some(list, most) {
  if (list.length <= most) {
    return list;
  }
  return Array.from({length: most}, (_, i) => list[Math.round(i * (list.length - 1) / (most - 1))]);
}

/** One picture: how often which value, an epoch a ridge, the first at the top. */
function ridges(name, entries) {
  const width = 220;
  const left = 26;
  const step = 17;
  const peak = 26;
  const low = Math.min(...entries.map(entry => entry.from));
  const high = Math.max(...entries.map(entry => entry.to));
  const range = high - low || 1;
  const x = value => left + (value - low) / range * (width - left - 6);
  const height = peak + step * (entries.length - 1) + 24;
  const base = i => peak + 4 + i * step;
  const parts = [];
  if (low < 0 && high > 0) {
    parts.push(svg('line', {class: 'zero', x1: x(0), x2: x(0), y1: 4, y2: base(entries.length - 1)}));
  }
  entries.forEach((entry, i) => {
    const count = entry.counts.length;
    const bin = (entry.to - entry.from) / count;
    const most = Math.max(...entry.counts, 1);
    let path = '';
    entry.counts.forEach((value, at) => {
      const y = (base(i) - Math.sqrt(value / most) * (peak - 2)).toFixed(1);
      path += (at ? 'L' : 'M') + x(entry.from + at * bin).toFixed(1) + ' ' + y + 'L' + x(entry.from + (at + 1) * bin).toFixed(1) + ' ' + y;
    });
    const end = 'L' + x(entry.to).toFixed(1) + ' ' + base(i) + 'L' + x(entry.from).toFixed(1) + ' ' + base(i) + 'Z';
    const shape = svg('path', {class: 'ridge', d: path + end, 'data-ramp': ''});
    shape.recolour = () => styled(shape, {'--ridge': ramp(i, entries.length)});
    shape.recolour();
    parts.push(shape,
      svg('line', {class: 'base', x1: left, x2: width - 6, y1: base(i), y2: base(i)}),
      svg('text', {class: 'ridge-epoch', x: left - 5, y: base(i), 'text-anchor': 'end'}, entry.epoch));
  });
  const label = (value, anchor) => svg('text', {x: x(value), y: height - 5, 'text-anchor': anchor}, tick(Number(value.toPrecision(2))));
  parts.push(label(low, 'start'), label(high, 'end'));
  if (low < 0 && high > 0 && x(0) - left > 40 && width - x(0) > 46) {
    parts.push(label(0, 'middle'));
  }
  return el('figure', {class: 'ridges'},
    el('figcaption', {}, name),
    svg('svg', {viewBox: '0 0 ' + width + ' ' + height, role: 'img',
      'aria-label': 'Histograms of ' + name + ' at epochs ' + entries.map(entry => entry.epoch).join(', ')
        + '; values from ' + tick(Number(low.toPrecision(3))) + ' to ' + tick(Number(high.toPrecision(3)))}, parts));
}

function histograms(run) {
  const all = some(run.raw.histograms || [], RIDGES);
  const group = (part, title, key) => {
    const names = [...new Set(all.flatMap(one => (one[part] || []).map(entry => entry.name)))];
    const pictures = names.map(name => {
      const entries = all.flatMap(one => (one[part] || [])
        .filter(entry => entry.name === name)
        .map(entry => ({epoch: one.epoch, from: number(entry.from), to: number(entry.to), counts: numbers(entry.counts)})))
        .filter(entry => Number.isFinite(entry.from) && Number.isFinite(entry.to) && entry.counts.some(count => count > 0));
      return entries.length ? {key: name, value: entries, leaf: () => ridges(name, entries)} : null;
    }).filter(Boolean);
    return pictures.length ? [
      {key: key + '-title', leaf: () => el('h3', {}, title)},
      box(key, 'multiples', pictures),
    ] : [];
  };
  return section('histograms', 'Histograms', 'An epoch a ridge, its number at the left. Heights are square roots of counts, each ridge to its own maximum.', [
    group('layers', 'Activations', 'activation-histograms'),
    group('tensors', 'Weights', 'weight-histograms'),
  ]);
}

// ---- pictures

/** Makes a picture out of bytes; null when there are not enough of them. */
function picture(image, description, className) {
  if (!image || !image.pixels) {
    return null;
  }
  const bytes = atob(image.pixels);
  const {width, height, channels} = image;
  if (bytes.length < width * height * channels) {
    return null;
  }
  const canvas = el('canvas', {width, height});
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      pixels.data[4 * i + c] = bytes.charCodeAt(channels === 3 ? 3 * i + c : i * channels);
    }
    pixels.data[4 * i + 3] = 255;
  }
  context.putImageData(pixels, 0, 0);
  return el('img', {src: canvas.toDataURL(), alt: description, width, height, class: className || null});
}

function filters(run) {
  const {filters: those} = run.raw;
  if (!those?.images?.length) {
    return null;
  }
  const {length} = those.images;
  return section('filters', 'First-layer filters', 'The weights of ' + those.tensor + ' as pictures.', [{
    key: 'pictures',
    value: those,
    leaf: () => el('div', {class: 'filters'}, those.images.map((image, i) =>
      picture(image, 'Filter ' + (i + 1) + ' of ' + length, 'pixels'))),
  }]);
}

// ---- decision regions

/** Cells of one class as the path of their runs along rows; the first row of the data is the lowest. */
function area(plane, k) {
  const {width, height, classes} = plane;
  let path = '';
  for (let row = 0; row < height; row++) {
    for (let from = 0; from < width; from++) {
      let to = from;
      while (to < width && classes[row * width + to] === k) {
        to++;
      }
      if (to > from) {
        path += 'M' + from + ' ' + (height - row) + 'h' + (to - from) + 'v-1h-' + (to - from) + 'z';
        from = to;
      }
    }
  }
  return path;
}

function regions(run) {
  const {regions: plane, classes} = run.raw;
  if (!plane?.classes?.length) {
    return null;
  }
  const {width, height, points} = plane;
  const there = [...new Set([...plane.classes, ...points.map(point => point[2])])].sort((a, b) => a - b);
  const name = k => String(classes?.[k] ?? k);
  const place = (value, [from, to], cells) => (value - from) / (to - from) * cells;
  const dots = some => some.map(point => 'M' + place(point[0], plane.x, width).toFixed(2) + ' '
    + (height - place(point[1], plane.y, height)).toFixed(2) + 'h0').join('');
  const inHue = (node, k) => styled(node, {'--own': 'var(--hue-' + k % 8 + ')'});
  const share = k => Math.round(100 * plane.classes.filter(one => one === k).length / plane.classes.length);
  const note = 'Which class the network gives where, and '
    + (points.length < 1000 ? grouped(points.length) : 'the first ' + grouped(points.length)) + ' of the rows it was trained on.';
  return section('regions', 'Decision regions', note, [{
    key: 'plane',
    value: [plane, classes],
    leaf: () => el('figure', {class: 'plane'},
      el('ul', {class: 'classes'}, there.slice(0, 30).map(k => el('li', {}, inHue(el('span', {class: 'dot'}), k), name(k)))),
      svg('svg', {viewBox: '-0.5 -0.5 ' + (width + 1) + ' ' + (height + 1), role: 'img',
        'aria-label': 'Decision regions over the first feature, from ' + figure(plane.x[0]) + ' to ' + figure(plane.x[1])
          + ', and the second, from ' + figure(plane.y[0]) + ' to ' + figure(plane.y[1]) + ': '
          + there.map(k => name(k) + ' on ' + share(k) + ' %').join(', ')},
      there.map(k => inHue(svg('path', {class: 'area', d: area(plane, k)}, svg('title', {}, name(k))), k)),
      svg('path', {class: 'halo', d: dots(points)}),
      there.map(k => inHue(svg('path', {class: 'dots', d: dots(points.filter(point => point[2] === k))}), k)),
      svg('rect', {class: 'frame', x: 0, y: 0, width, height})),
      el('figcaption', {}, 'First feature across, from ' + brief(plane.x[0]) + ' to ' + brief(plane.x[1])
        + '; second upwards, from ' + brief(plane.y[0]) + ' to ' + brief(plane.y[1]) + '.')),
  }]);
}

// ---- confusion

function confusion(run) {
  const {confusion: matrix, classes} = run.raw;
  const counts = matrix?.counts;
  if (!counts?.length) {
    return null;
  }
  const names = counts.map((_, i) => String(classes?.[i] ?? i));
  const sums = counts.map(row => row.reduce((a, b) => a + b, 0));
  const total = sums.reduce((a, b) => a + b, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i], 0);
  const pairs = counts.flatMap((row, label) => row.map((count, predicted) => ({label, predicted, count})))
    .filter(cell => cell.count > 0 && cell.label !== cell.predicted)
    .sort((a, b) => b.count - a.count || a.label - b.label || a.predicted - b.predicted)
    .slice(0, names.length > 12 ? 12 : 8);
  const note = grouped(total) + (matrix.split === 'test' ? ' test rows, ' : ' rows of the ' + matrix.split + ' split, ')
    + grouped(right) + ' of them right. Colour is the share of the label’s rows.';
  return section('confusion', 'Confusion', note, [box('parts', 'confusion', [
    {key: 'matrix', value: [counts, names], leaf: () => names.length > 30 ? heatMap(counts, names, sums) : heatTable(counts, names, sums)},
    pairs.length ? {
      key: 'pairs',
      value: [pairs, names],
      leaf: () => el('div', {class: 'confused'}, el('h3', {}, 'Most often confused'),
        table('Most often confused', ['Label', 'Predicted', {text: 'Rows', numeric: true}, {text: 'Of label', numeric: true}],
          pairs.map(({label, predicted, count}) => [names[label], names[predicted], grouped(count), (100 * count / sums[label]).toFixed(1) + ' %']))),
    } : null,
  ])]);
}

function heatTable(counts, names, sums) {
  // Up to a dozen classes show counts, more show whole percent.
  const percent = names.length > 12;
  const long = names.some(name => name.length > 3);
  const cell = (count, i, j) => {
    const part = sums[i] ? count / sums[i] : 0;
    const text = !percent ? (count || '·') : part >= 0.005 ? String(Math.round(100 * part)) : '·';
    return styled(el('td', {
      class: 'cell' + (part > 0.72 ? ' strong' : '') + (i === j ? ' right' : '') + (count ? '' : ' none'),
      title: names[i] + ' taken for ' + names[j] + ': ' + grouped(count) + ' of ' + grouped(sums[i]),
    }, text), {'--part': (Math.sqrt(part) * 100).toFixed(1) + '%'});
  };
  return el('div', {class: 'scroll'}, el('table', {class: 'matrix' + (percent ? ' dense' : '') + (long ? ' long' : '')},
    el('caption', {class: 'unseen'}, 'Confusion matrix' + (percent ? ', in percent of the label’s rows' : '')),
    el('thead', {},
      el('tr', {}, el('td', {}), el('th', {colspan: names.length, class: 'axis', scope: 'colgroup'}, 'predicted')),
      el('tr', {}, el('th', {class: 'axis', scope: 'col'}, 'label'), names.map(name => el('th', {scope: 'col'}, el('span', {}, name))),
        el('th', {scope: 'col', class: 'recall'}, el('span', {}, 'recall')))),
    el('tbody', {}, counts.map((row, i) => el('tr', {}, el('th', {scope: 'row'}, names[i]),
      row.map((count, j) => cell(count, i, j)),
      el('td', {class: 'recall'}, sums[i] ? percent ? String(Math.round(100 * row[i] / sums[i])) : (row[i] / sums[i]).toFixed(3).replace(/^0/, '') : '–'))))));
}

function heatMap(counts, names, sums) {
  const {length} = names;
  const cells = counts.flatMap((row, i) => row.map((count, j) => {
    if (!count) {
      return null;
    }
    return styled(svg('rect', {x: j, y: i, width: 1, height: 1, class: 'cell'},
      svg('title', {}, names[i] + ' taken for ' + names[j] + ': ' + grouped(count) + ' of ' + grouped(sums[i]))),
    {'--part': Math.max(12, Math.sqrt(count / sums[i]) * 100).toFixed(1) + '%'});
  }));
  return el('figure', {class: 'heat'},
    svg('svg', {viewBox: '-0.5 -0.5 ' + (length + 1) + ' ' + (length + 1), role: 'img',
      'aria-label': 'Confusion matrix of ' + length + ' classes: rows are labels, columns what was predicted'},
    svg('rect', {x: 0, y: 0, width: length, height: length, class: 'frame'}), cells),
    el('figcaption', {}, 'Rows are labels, columns what was predicted, both in the order of the classes from '
      + names[0] + ' to ' + names[length - 1] + '.'));
}

// ---- mistakes

function mistakes(run) {
  const {mistakes: worst, classes} = run.raw;
  if (!worst?.length) {
    return null;
  }
  const name = at => String(classes?.[at] ?? at);
  return section('mistakes', 'Worst mistakes', 'Those it was surest of.', [{
    key: 'cards',
    value: worst,
    leaf: () => el('ul', {class: 'mistakes'}, worst.map(mistake => {
      const probabilities = numbers(mistake.probabilities);
      const top = probabilities.map((value, at) => ({value, at})).filter(one => Number.isFinite(one.value))
        .sort((a, b) => b.value - a.value || a.at - b.at).slice(0, 3);
      if (Number.isFinite(probabilities[mistake.label]) && !top.some(one => one.at === mistake.label)) {
        top.splice(2, 1, {value: probabilities[mistake.label], at: mistake.label});
      }
      return el('li', {},
        picture(mistake.image, 'Row ' + mistake.row + ', a ' + name(mistake.label) + ' taken for ' + name(mistake.predicted), 'pixels'),
        el('div', {class: 'mistake'},
          el('p', {}, el('b', {}, name(mistake.predicted)), ' instead of ', el('b', {}, name(mistake.label))),
          el('div', {class: 'bars'}, top.map(({value, at}) => el('div', {class: 'bar' + (at === mistake.label ? ' true' : '')},
            el('span', {class: 'bar-name'}, name(at)),
            el('span', {class: 'bar-track'}, styled(el('span', {class: 'bar-fill'}), {width: (100 * value).toFixed(1) + '%'})),
            el('span', {class: 'bar-value'}, value.toFixed(2).replace(/^0/, ''))))),
          el('p', {class: 'row-number'}, 'row ' + grouped(mistake.row))));
    })),
  }]);
}

// ---- tables

function checks(run) {
  const {checks: all, stages} = run.raw;
  const rank = {fail: 0, warn: 1, info: 2, pass: 3};
  const count = result => (all || []).filter(check => check.result === result).length;
  const note = ['fail', 'warn', 'info', 'pass'].filter(result => count(result)).map(result => count(result) + ' ' + RESULTS[result]).join(', ');
  return section('checks', 'Checks and stages', null, [box('both', 'tables', [
    all?.length ? {
      key: 'checks',
      value: all,
      leaf: () => el('div', {}, el('h3', {}, 'Check-up'), el('p', {class: 'note'}, note + '.'),
        table('Checks before training', ['Check', 'Result', {text: 'Seconds', numeric: true}],
          [...all].sort((a, b) => (rank[a.result] ?? 3) - (rank[b.result] ?? 3)).map(check => [
            words(check.check), badge(check.result, RESULTS[check.result] || check.result),
            number(check.seconds) === null ? '–' : number(check.seconds).toFixed(2)]))),
    } : null,
    stages?.length ? {
      key: 'stages',
      value: stages,
      leaf: () => el('div', {}, el('h3', {}, 'Stages'),
        table('Stages of the run', ['Stage', 'Status', {text: 'Seconds', numeric: true}],
          stages.map(stage => [words(stage.name), badge(stage.status, STATES[stage.status] || stage.status),
            number(stage.seconds) === null ? '–' : number(stage.seconds).toFixed(2)]))),
    } : null,
  ])]);
}

function definition(run) {
  const text = run.raw.definition;
  return !text ? null : section('definition', 'Definition', null, [{
    key: 'yaml',
    value: text,
    leaf: () => el('details', {}, el('summary', {}, 'As resolved, every default written out'),
      el('pre', {tabindex: 0}, el('code', {}, text.replace(/\n$/, '').split('\n').map((line, i) => {
        const [, before, key, after] = line.match(/^(\s*(?:- )*)([\w.-]+)(:(?: .*)?)$/) || [];
        return [i ? '\n' : null, key ? [before, el('span', {class: 'yaml-key'}, key), after] : line];
      })))),
  }]);
}

function provenance(run) {
  const p = run.raw.provenance;
  if (!p) {
    return null;
  }
  const joined = (...parts) => parts.filter(Boolean).join(', ');
  const rows = [
    ['Nurture', p.nurture],
    ['Java', p.java && joined(p.java.version, p.java.vendor, p.java.vm)],
    ['System', p.os && joined(p.os.name, p.os.version, p.os.arch)],
    ['Processors', p.processors],
    ['BLAS', p.blas],
    ['Threads', p.threads],
    ['Definition, SHA-256', p.definition_sha256 && el('code', {}, p.definition_sha256)],
    ['Data, SHA-256', p.data_sha256 && el('code', {}, p.data_sha256)],
  ].filter(([, value]) => value !== null && value !== undefined && value !== '');
  return section('provenance', 'Provenance', null, [
    {key: 'made', value: p, leaf: () => el('div', {class: 'scroll'}, el('table', {class: 'sheet'},
      el('caption', {class: 'unseen'}, 'What the run was made with'),
      el('tbody', {}, rows.map(([label, value]) => el('tr', {}, el('th', {scope: 'row'}, label), el('td', {}, value))))))},
    p.plugins?.length ? {
      key: 'plugins',
      value: p.plugins,
      leaf: () => el('details', {}, el('summary', {}, plural(p.plugins.length, 'plugin', 'plugins')),
        table('Plugins', ['Plugin', 'Version', 'Jar', 'SHA-256'],
          p.plugins.map(plugin => [plugin.name, plugin.version, plugin.jar, el('code', {}, plugin.sha256)]), 'plugins')),
    } : null,
  ]);
}

// ---- the page

function footer(run) {
  const version = run.raw.provenance?.nurture;
  return {key: 'footer', value: version, leaf: () => el('footer', {}, 'Nurture' + (version ? ' ' + version : '') + '. Charts by uPlot, under the MIT licence.')};
}

function show(d) {
  const run = read(d);
  const sections = [findings, curves, layers, weights, histograms, filters, regions, confusion, mistakes, checks, definition, provenance]
    .map(part => part(run)).filter(Boolean);
  fill(document.getElementById('main'), [head(run), sections, footer(run)]);
  contents(sections);
  for (const chart of charts) {
    chart.fit();
  }
}

function say(text, still = false) {
  const line = document.querySelector('.live');
  line.classList.toggle('on', Boolean(text));
  line.classList.toggle('still', still);
  // A reader of the page aloud is told what is new only.
  if (line.textContent !== text) {
    line.textContent = text;
  }
}

/** Asks for newer data while the run goes on; when nobody answers it says so and asks less often. */
function follow() {
  if (location.protocol === 'file:') {
    say('Written while the run went on', true);
    return;
  }
  let pause = 2000;
  let last = new Date();
  const clock = date => date.toLocaleTimeString('en-GB');
  const next = () => setTimeout(ask, pause);
  async function ask() {
    try {
      const answer = await fetch('data.json', {cache: 'no-store'});
      if (!answer.ok) {
        throw new Error(answer.status);
      }
      const d = await answer.json();
      show(d);
      pause = 2000;
      last = new Date();
      if (!d.live) {
        say('');
        return;
      }
      say('Follows the run');
    } catch (e) {
      pause = Math.min(pause * 1.5, 30000);
      say('No answer from the run; this is how it stood at ' + clock(last), true);
    }
    next();
  }
  say('Follows the run');
  next();
}

const first = JSON.parse(document.getElementById('data').textContent);
show(first);
if (first.live) {
  follow();
}
