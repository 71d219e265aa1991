// The selected life, its details, and the way from life to life.

function select(life, reveal) {
  selected = life;
  if (life && reveal) {
    if (life.to < view.from || life.from > view.to) {
      const half = (view.to - view.from) / 2;
      show(life.from - half, life.from + half);
    }
    scrollTo(rowOf.get(life));
  }
  draw();
  if (life) {
    spoken.textContent = life.name + ' on ' + life.host + (life.pod ? ' in pod ' + label(life.pod) : '') + ', ' + ending(life)
      + ', from ' + time(life.from) + ', ' + length(life.to - life.from);
    if (!details.hidden) fillDetails(life);
  }
}

function fillDetails(life) {
  document.getElementById('details-title').textContent = life.name;
  const list = document.getElementById('details-list');
  list.replaceChildren();
  const pauses = life.pauses.map(([from, to]) => time(from) + ' \u2192 ' + (to === null ? 'the end' : time(to))).join(', ');
  const entries = {
    End: ending(life), Host: life.host, Pod: life.pod ? label(life.pod) + ' (' + life.pod.id.slice(0, 12) + ')' : '', Container: life.id,
    Image: life.image, Started: time(life.from), Ended: life.alive ? '' : time(life.to), Length: length(life.to - life.from), Paused: pauses,
    'Known by': life.known,
  };
  for (const [term, value] of Object.entries(entries)) {
    if (!value) continue;
    const dt = document.createElement('dt');
    dt.textContent = term;
    const dd = document.createElement('dd');
    dd.textContent = value;
    list.append(dt, dd);
  }
}

function open(life) {
  fillDetails(life);
  details.hidden = false;
}

function closeDetails() {
  details.hidden = true;
  timeline.focus();
}

function toggle(host) {
  if (!closed.delete(host)) closed.add(host);
  arrange();
  firstRow = Math.max(0, Math.min(firstRow, rows.length - visibleRows()));
  draw();
}

function next(backwards) {
  if (matches.length === 0) return;
  const at = matches.indexOf(selected);
  const index = at < 0 ? 0 : (at + (backwards ? matches.length - 1 : 1)) % matches.length;
  select(matches[index], true);
}

function move(key) {
  if (!selected || !rowOf.has(selected)) {
    const inView = matches.find((life) => life.to >= view.from && life.from <= view.to);
    select(inView || matches[0] || null, true);
    return;
  }
  const row = rowOf.get(selected);
  const inRow = rows[row].lives;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const other = inRow[inRow.indexOf(selected) + (key === 'ArrowRight' ? 1 : -1)];
    if (other) select(other, true);
    return;
  }
  const step = key === 'ArrowDown' ? 1 : -1;
  let index = row + step;
  while (index >= 0 && index < rows.length && rows[index].lives.length === 0) index += step;
  if (index < 0 || index >= rows.length) return;
  const middle = (Math.max(selected.from, view.from) + Math.min(selected.to, view.to)) / 2;
  const distance = (life) => Math.max(life.from - middle, middle - life.to, 0);
  select(rows[index].lives.reduce((a, b) => (distance(b) < distance(a) ? b : a)), true);
}
