// Keys, mouse and buttons; the last file: here it begins.

timeline.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const quarter = (view.to - view.from) / 4;
  if (event.shiftKey && event.key === 'ArrowLeft') show(view.from - quarter, view.to - quarter);
  else if (event.shiftKey && event.key === 'ArrowRight') show(view.from + quarter, view.to + quarter);
  else if (event.key.startsWith('Arrow')) move(event.key);
  else if (event.key === '+' || event.key === '=') zoom(0.5);
  else if (event.key === '-') zoom(2);
  else if (event.key === '0') show(data.from, data.to);
  else if (event.key === 'Enter' && selected) open(selected);
  else if (event.key === ' ' && selected) toggle(selected.host);
  else if (event.key === 'Home') scrollTo(0);
  else if (event.key === 'End') scrollTo(rows.length - 1);
  else if (event.key === 'PageDown') scrollTo(Math.min(rows.length - 1, firstRow + 2 * visibleRows() - 1));
  else if (event.key === 'PageUp') scrollTo(Math.max(0, firstRow - visibleRows()));
  else return;
  event.preventDefault();
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === 'Escape' && !details.hidden) {
    closeDetails();
  }
});

chart.on('click', (params) => {
  if (params.componentType === 'yAxis') {
    const row = rows[Number(params.value)];
    if (row && row.kind === 'host') toggle(row.host);
  } else if (params.seriesId === 'lives') {
    select(lives[params.value[3]], false);
    open(selected);
  }
});
chart.on('datazoom', () => {
  const zooms = chart.getOption().dataZoom;
  const x = zooms.find((each) => each.id === 'x');
  const y = zooms.find((each) => each.id === 'y');
  view = { from: x.startValue, to: x.endValue };
  firstRow = Math.max(0, Math.round(y.startValue));
  note();
});

const on = (id, action) => document.getElementById(id).addEventListener('click', action);
on('zoom-in', () => zoom(0.5));
on('zoom-out', () => zoom(2));
on('zoom-fit', () => show(data.from, data.to));
on('close-details', closeDetails);
on('open-all', () => {
  closed.clear();
  arrange();
  draw();
});
on('close-all', () => {
  data.hosts.forEach((host) => closed.add(host.name));
  firstRow = 0;
  arrange();
  draw();
});
on('show-timeline', () => as(false));
on('show-table', () => as(true));
on('scheme', () => {
  const dark = root.dataset.scheme ? root.dataset.scheme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.scheme = dark ? 'light' : 'dark';
  recolour();
});

function as(table) {
  root.classList.toggle('as-table', table);
  document.getElementById('show-table').setAttribute('aria-pressed', table);
  document.getElementById('show-timeline').setAttribute('aria-pressed', !table);
  if (!table) chart.resize();
}

function recolour() {
  readColours();
  draw();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
new ResizeObserver(() => {
  chart.resize();
  draw();
}).observe(timeline);

readColours();
if (lives.length > FEW) data.hosts.forEach((host) => closed.add(host.name));
if (data.hosts.length === 1) closed.clear();
arrange();
draw();
root.dataset.ready = 'true';
