// What is drawn for a life, a window and the band of a host.

function lifeShape(params, api) {
  const life = lives[api.value(3)];
  const row = api.value(0);
  const area = params.coordSys;
  const [x1, y] = api.coord([life.from, row]);
  const [x2] = api.coord([life.to, row]);
  if (y < area.y - ROW || y > area.y + area.height + ROW || x2 < area.x || x1 > area.x + area.width) return null;
  const closedRow = api.value(4) === 1;
  const left = Math.max(x1, area.x - 2);
  const right = Math.max(Math.min(x2, area.x + area.width + 2), left + 2);
  const height = closedRow ? 12 : 14;
  const top = y - height / 2;
  // In a closed row lives lie one over the other: how many, and where some failed.
  const colour = closedRow && life !== selected ? colours.alive : colours[life.kind];
  const isSelected = life === selected;
  const children = [{
    type: 'rect',
    shape: { x: left, y: top, width: right - left, height, r: closedRow ? 0 : 2 },
    style: { fill: colour, opacity: !closedRow ? 0.85 : isSelected ? 0.95 : 0.16, stroke: isSelected ? colours.mark : null, lineWidth: 2 },
  }];
  if (!closedRow) {
    for (const [from, to] of life.pauses) {
      const p1 = Math.max(api.coord([from, row])[0], left);
      const p2 = Math.min(api.coord([to === null ? life.to : to, row])[0], right);
      if (p2 > p1) {
        children.push({ type: 'rect', silent: true, shape: { x: p1, y: top, width: p2 - p1, height }, style: { fill: colours.pauseStripes } });
      }
    }
    const room = right - left;
    if (room >= 16) {
      const sign = SIGNS[life.kind] + (life.kind === 'bad' && room >= 40 ? ' ' + life.exit : '');
      children.push({
        type: 'text', silent: true,
        style: { text: sign, x: right - 4, y, align: 'right', verticalAlign: 'middle', fill: colours.panel, font: 'bold 11px system-ui, sans-serif' },
      });
    }
  }
  // What is too short for its sign still shows by its shape how it ended.
  const marker = MARKERS[life.kind];
  if (marker && (closedRow ? life.kind === 'bad' : right - left < 16) && x2 >= area.x && x2 <= area.x + area.width) {
    children.push({
      type: 'polygon', silent: true, z2: 10,
      shape: { points: marker.map(([dx, dy]) => [right + dx, top + dy]) },
      style: { fill: colours[life.kind], stroke: colours.panel, lineWidth: 1 },
    });
  }
  return { type: 'group', children };
}

function windowShape(params, api) {
  const area = params.coordSys;
  const [x1, y1] = api.coord([api.value(1), api.value(0)]);
  const [x2, y2] = api.coord([api.value(2), api.value(3)]);
  const left = Math.max(x1, area.x);
  const right = Math.min(Math.max(x2, x1 + 2), area.x + area.width);
  const top = Math.max(y1 - ROW / 2, area.y);
  const bottom = Math.min(y2 + ROW / 2, area.y + area.height);
  if (right <= left || bottom <= top) return null;
  const shape = { x: left, y: top, width: right - left, height: bottom - top };
  const blind = api.value(4) === 1;
  if (api.value(4) === 2) return { type: 'rect', shape, style: { fill: 'rgba(0,0,0,0)' } };
  return {
    type: 'group',
    children: blind
      ? [{ type: 'rect', silent: true, shape, style: { fill: colours.gap, opacity: 0.1 } }, { type: 'rect', silent: true, shape, style: { fill: colours.gapStripes, opacity: 0.4 } }]
      : [{ type: 'rect', silent: true, shape, style: { fill: colours.late, opacity: 0.22 } }],
  };
}

function bandShape(params, api) {
  const area = params.coordSys;
  const y = api.coord([data.from, api.value(0)])[1];
  const top = Math.max(y - ROW / 2, area.y);
  const bottom = Math.min(y + ROW / 2, area.y + area.height);
  if (bottom <= top) return null;
  return { type: 'rect', silent: true, shape: { x: 0, y: top, width: area.x + area.width, height: bottom - top }, style: { fill: colours.band } };
}

/** What overlaps is shaded once. */
function union(windows) {
  const merged = [];
  for (const [, from, to] of [...windows].sort((a, b) => a[1] - b[1])) {
    const newest = merged[merged.length - 1];
    if (newest && from <= newest[1]) newest[1] = Math.max(newest[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function windowData() {
  const items = [];
  rows.forEach((row, index) => {
    if (row.kind !== 'host') return;
    let last = index;
    while (last + 1 < rows.length && rows[last + 1].kind !== 'host') last++;
    const host = data.hosts.find((each) => each.name === row.host);
    for (const blind of [false, true]) {
      union(host.windows.filter((window) => window[4] === blind)).forEach(([from, to]) => {
        items.push({ value: [index, from, to, last, blind ? 1 : 0], silent: true });
      });
    }
    // Not to be seen, but to be pointed at.
    host.windows.forEach(([kind, from, to, reason]) => {
      items.push({ value: [index, from, to, last, 2], kind, reason, host: row.host });
    });
  });
  return items;
}
