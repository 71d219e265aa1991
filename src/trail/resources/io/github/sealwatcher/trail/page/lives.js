// The lives of the embedded data, and the parts of the page. Everything that changes is declared here.

const data = JSON.parse(document.getElementById('data').textContent);
const root = document.documentElement;
const timeline = document.getElementById('timeline');
const search = document.getElementById('search');
const found = document.getElementById('found');
const details = document.getElementById('details');
const spoken = document.getElementById('spoken');
const ROW = 22;
const LEFT = 270;
const FEW = 60;
const SIGNS = { good: '\u2713', bad: '\u2717', unknown: '?', hidden: '\u2298', alive: '\u25b6' };

const MARKERS = {
  bad: [[0, -3], [5, 5], [-5, 5]],
  unknown: [[0, -3], [5, 2], [0, 7], [-5, 2]],
  hidden: [[-5, -2], [5, -2], [0, 6]],
};

// ---- What there is ----------------------------------------------------------------------------------------------

const lives = data.lives.map((fields, index) => {
  const [host, pod, name, id, image, from, to, kind, exit, known, pauses] = fields;
  const life = {
    index, host: data.hosts[host].name, pod: pod < 0 ? null : data.pods[pod], name, id, image, from,
    to: to === null ? data.to : to, alive: to === null, kind, exit, known, pauses,
  };
  const words = [life.host, name, id, image, life.pod ? life.pod.name : '', life.pod ? life.pod.id : '', 'exit:' + exit];
  if (kind === 'bad') words.push('failed');
  if (life.alive) words.push('alive');
  life.words = words.join('\n').toLowerCase();
  return life;
});
const byHost = new Map(data.hosts.map((host) => [host.name, []]));
lives.forEach((life) => byHost.get(life.host).push(life));

const closed = new Set();
let matches = lives;
let matching = new Set(lives);
let rows = [];
let rowOf = new Map();
let selected = null;
let view = { from: data.from, to: data.to };
let firstRow = 0;
