
const data = JSON.parse(document.getElementById('data').textContent);

const runs = data.runs.map((run, i) => ({
  raw: run,
  colour: () => data.runs.length > 8 ? ramp(i, data.runs.length) : hue(i),
  metrics: Object.fromEntries(Object.entries(run.metrics || {}).map(([key, value]) => [key, number(value)])),
}));

// Runs are called by their folders; by a number as well where two folders have the same name.
runs.forEach((run, i) => {
  const name = run.raw.run || run.raw.name || 'run';
  const twins = data.runs.filter(other => (other.run || other.name || 'run') === name).length;
  run.label = twins > 1 ? name + ' (' + (i + 1) + ')' : name;
});

const METRICS = [
  ['test_accuracy', 'Test accuracy', share, 1], ['test_loss', 'Test loss', figure, -1],
  ['validation_accuracy', 'Validation accuracy', share, 1], ['validation_loss', 'Validation loss', figure, -1],
  ['train_accuracy', 'Training accuracy', share, 1], ['train_loss', 'Training loss', figure, -1],
  ['initial_loss', 'Loss before training', figure, 0], ['epochs', 'Epochs', figure, 0], ['best_epoch', 'Best epoch', figure, 0],
];

function named(run) {
  return [styled(el('span', {class: 'swatch'}), {background: run.colour()}), run.label];
}

function results() {
  const there = METRICS.filter(([key]) => runs.some(run => (run.metrics[key] ?? null) !== null));
  const best = Object.fromEntries(there.map(([key, , , goal]) => {
    const values = runs.map(run => run.metrics[key]).filter(Number.isFinite);
    const most = goal > 0 ? Math.max(...values) : Math.min(...values);
    // Where all are alike none is the best.
    return [key, goal === 0 || new Set(values).size < 2 ? null : most];
  }));
  return section('results', 'Results', null, [{
    key: 'table',
    leaf: () => table('Final metrics of each run', ['Run', 'Experiment', 'Status', {text: 'Seed', numeric: true},
      ...there.map(([, label]) => ({text: label, numeric: true}))],
    runs.map(run => [
      named(run), run.raw.name, badge(run.raw.status, words(STATES[run.raw.status] || run.raw.status)), run.raw.seed ?? '–',
      ...there.map(([key, , write]) => {
        const value = run.metrics[key] ?? null;
        return value !== null && value === best[key] ? el('span', {class: 'best', title: 'the best'}, mark('pass'), write(value)) : write(value);
      }),
    ]), 'runs'),
  }]);
}

function differences() {
  const {differences: those} = data;
  return section('differences', 'What differs', those.length ? 'The keys of the definitions that are not the same in all.' : null, [those.length ? {
    key: 'table',
    leaf: () => table('Keys that differ, by run', ['Key', ...runs.map(run => run.label)],
      those.map(({path, values}) => [el('code', {}, path),
        ...values.map(value => value === null ? el('span', {class: 'absent'}, '–') : el('code', {}, value))]), 'differences'),
  } : {key: 'none', leaf: () => el('p', {}, 'The definitions are the same.')}]);
}

/** Lines over epochs; the runs may have different ones. */
function overlaid(key, column, title, more) {
  const epochs = [...new Set(runs.flatMap(run => numbers(run.raw.epochs?.epoch)))].filter(Number.isFinite).sort((a, b) => a - b);
  const series = runs.map(run => {
    const values = numbers(run.raw.epochs?.[column]);
    const at = new Map(numbers(run.raw.epochs?.epoch).map((epoch, i) => [epoch, values[i] ?? null]));
    return {label: run.label, values: epochs.map(epoch => at.get(epoch) ?? null), colour: run.colour};
  });
  return lineChart(key, {label: 'epoch', values: epochs}, series, {title, shared: group, least: 1, ...more});
}

const group = {hidden: new Set()};

function curves() {
  const those = () => [...charts];
  const drawn = [
    overlaid('train-loss', 'train_loss', 'Training loss', {log: 'auto'}),
    overlaid('validation-loss', 'validation_loss', 'Validation loss', {log: 'auto'}),
    overlaid('validation-accuracy', 'validation_accuracy', 'Validation accuracy', {format: share}),
    overlaid('rate', 'learning_rate', 'Learning rate', {log: false}),
  ].filter(Boolean);
  const labels = runs.map(run => run.label);
  return section('curves', 'Curves', null, drawn.length === 0 ? [] : [
    {
      key: 'legend',
      leaf: () => legend(labels, group.hidden, {
        colour: index => runs[index].colour(),
        changed: () => those().forEach(chart => chart.showSeries()),
        focus: index => those().forEach(chart => {
          const at = index === null ? null : chart.spec.series.findIndex(line => line.label === labels[index]);
          chart.focus(at === -1 ? null : at);
        }),
      }),
    },
    box('charts', 'grid', drawn),
  ]);
}

const sections = [results(), curves(), differences()].filter(Boolean);
fill(document.getElementById('main'), [
  {
    key: 'head',
    leaf: () => el('header', {class: 'head'}, el('div', {class: 'title'}, el('h1', {}, plural(runs.length, 'run', 'runs') + ' compared'))),
  },
  sections,
  {key: 'footer', leaf: () => el('footer', {}, 'Nurture. Charts by uPlot, under the MIT licence.')},
]);
contents(sections);
