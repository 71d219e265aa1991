'use strict';
// Draws the lives of the embedded data. No request leaves this page.
(() => {
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

  /** One row a host; under an open host one a container name, those of a pod together. */
  function arrange() {
    rows = [];
    rowOf = new Map();
    const searching = matches.length < lives.length;
    for (const host of data.hosts) {
      const shown = byHost.get(host.name).filter((life) => matching.has(life));
      if (searching && shown.length === 0) continue;
      const isClosed = closed.has(host.name) && !(searching && matches.length <= 500);
      rows.push({ kind: 'host', host: host.name, isClosed, count: shown.length, lives: isClosed ? shown : [] });
      if (isClosed) {
        shown.forEach((life) => rowOf.set(life, rows.length - 1));
        continue;
      }
      const pods = new Map();
      for (const life of shown) {
        // Pods and containers are made anew under their names: one row tells of all of them.
        const pod = label(life.pod);
        if (!pods.has(pod)) pods.set(pod, { pod: life.pod, names: new Map() });
        const names = pods.get(pod).names;
        if (!names.has(life.name)) names.set(life.name, []);
        names.get(life.name).push(life);
      }
      for (const { pod, names } of [...pods.values()].sort((a, b) => label(a.pod).localeCompare(label(b.pod)))) {
        if (pod) rows.push({ kind: 'pod', host: host.name, label: label(pod), lives: [] });
        for (const name of [...names.keys()].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))) {
          names.get(name).forEach((life) => rowOf.set(life, rows.length));
          rows.push({ kind: 'container', host: host.name, inPod: Boolean(pod), label: name, lives: names.get(name) });
        }
      }
    }
  }

  function label(pod) {
    return pod ? pod.name || pod.id.slice(0, 12) : '';
  }

  // ---- Drawing ----------------------------------------------------------------------------------------------------

  let colours = {};

  function readColours() {
    const style = getComputedStyle(root);
    for (const name of ['page', 'panel', 'text', 'faint', 'line', 'band', 'good', 'bad', 'unknown', 'hidden', 'alive', 'gap', 'late', 'mark']) {
      colours[name] = style.getPropertyValue('--' + name).trim();
    }
    colours.gapStripes = stripes(colours.gap, 7, 2, true);
    colours.pauseStripes = stripes(colours.panel, 5, 2, false);
  }

  function stripes(colour, size, width, slanted) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const pen = canvas.getContext('2d');
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    if (slanted) {
      for (const shift of [-size, 0, size]) {
        pen.moveTo(shift, size);
        pen.lineTo(shift + size, 0);
      }
    } else {
      pen.moveTo(size / 2, 0);
      pen.lineTo(size / 2, size);
    }
    pen.stroke();
    return { image: canvas, repeat: 'repeat' };
  }

  const chart = echarts.init(timeline, null, { renderer: 'canvas' });

  function visibleRows() {
    return Math.max(4, Math.floor((timeline.clientHeight - 92) / ROW));
  }

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

  function text(value) {
    return String(value).replace(/[{}|]/g, ' ');
  }

  function rowLabel(index) {
    const row = rows[index];
    if (!row) return '';
    if (row.kind === 'host') return '{host|' + (row.isClosed ? '\u25b8 ' : '\u25be ') + text(row.host) + '}{count|  ' + row.count + '}';
    if (row.kind === 'pod') return '{pod|    pod ' + text(row.label) + '}';
    return '{name|' + (row.inPod ? '        ' : '    ') + text(row.label) + '}';
  }

  function draw() {
    const last = Math.min(rows.length - 1, firstRow + visibleRows() - 1);
    const scroll = rows.length > visibleRows();
    chart.setOption({
      animation: false,
      useUTC: true,
      backgroundColor: 'transparent',
      textStyle: { fontFamily: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif' },
      grid: { left: LEFT, right: 44, top: 34, height: Math.max(1, Math.min(rows.length, visibleRows())) * ROW },
      tooltip: {
        trigger: 'item', confine: true, backgroundColor: colours.panel, borderColor: colours.line,
        textStyle: { color: colours.text, fontSize: 12.5 }, formatter: tip,
      },
      xAxis: {
        type: 'time', position: 'top', min: data.from, max: data.to,
        axisLabel: { color: colours.faint, hideOverlap: true }, axisLine: { lineStyle: { color: colours.line } },
        splitLine: { show: true, lineStyle: { color: colours.line, opacity: 0.6 } },
      },
      yAxis: {
        type: 'category', inverse: true, data: rows.map((row, index) => index), triggerEvent: true,
        axisTick: { show: false }, axisLine: { show: false },
        axisLabel: {
          interval: 0, margin: LEFT - 12, align: 'left', formatter: (value) => rowLabel(Number(value)), width: LEFT - 20, overflow: 'truncate',
          rich: {
            host: { color: colours.text, fontWeight: 600, fontSize: 13 }, count: { color: colours.faint, fontSize: 12 },
            pod: { color: colours.faint, fontSize: 12.5 }, name: { color: colours.text, fontSize: 12.5 },
          },
        },
      },
      dataZoom: [
        { id: 'x', type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: 'shift', startValue: view.from, endValue: view.to },
        {
          id: 'xs', type: 'slider', xAxisIndex: 0, filterMode: 'none', bottom: 12, height: 22, startValue: view.from, endValue: view.to,
          borderColor: colours.line, fillerColor: 'rgba(110,150,210,0.18)', textStyle: { color: colours.faint }, brushSelect: false, showDetail: false,
          handleStyle: { color: colours.panel, borderColor: colours.faint }, moveHandleStyle: { color: colours.faint, opacity: 0.4 },
        },
        { id: 'y', type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomLock: true, zoomOnMouseWheel: false, moveOnMouseWheel: true, startValue: firstRow, endValue: last },
        {
          id: 'ys', type: 'slider', yAxisIndex: 0, filterMode: 'none', right: 10, width: 14, zoomLock: true, show: scroll, startValue: firstRow, endValue: last,
          borderColor: 'transparent', backgroundColor: colours.band, fillerColor: colours.late, showDetail: false, brushSelect: false, handleSize: 0,
          moveHandleSize: 0, showDataShadow: false,
        },
      ],
      series: [
        {
          id: 'bands', type: 'custom', silent: true, z: 0, renderItem: bandShape, clip: false, progressive: 0, encode: { y: 0 },
          data: rows.flatMap((row, index) => (row.kind === 'host' ? [[index]] : [])),
        },
        { id: 'windows', type: 'custom', z: 1, renderItem: windowShape, progressive: 0, encode: { x: [1, 2], y: 0 }, data: windowData() },
        {
          id: 'lives', type: 'custom', z: 2, renderItem: lifeShape, clip: true, progressive: 0, encode: { x: [1, 2], y: 0 },
          data: rows.flatMap((row, index) => row.lives.map((life) => [index, life.from, life.to, life.index, row.kind === 'host' ? 1 : 0])),
        },
      ],
    }, { replaceMerge: ['series', 'dataZoom'] });
    note();
  }

  /** What is in view, for whoever can't see the canvas. */
  function note() {
    timeline.dataset.from = Math.round(view.from);
    timeline.dataset.to = Math.round(view.to);
    timeline.dataset.rows = rows.length;
    timeline.dataset.firstRow = firstRow;
  }

  function show(from, to) {
    const least = Math.max((data.to - data.from) * 1e-6, 5);
    const length = Math.min(Math.max(to - from, least), data.to - data.from);
    const begin = Math.min(Math.max(from, data.from), data.to - length);
    view = { from: begin, to: begin + length };
    chart.dispatchAction({ type: 'dataZoom', batch: [{ dataZoomId: 'x', startValue: view.from, endValue: view.to }] });
    note();
  }

  function zoom(factor) {
    const middle = selected ? (Math.max(selected.from, view.from) + Math.min(selected.to, view.to)) / 2 : (view.from + view.to) / 2;
    const centre = middle >= view.from && middle <= view.to ? middle : (view.from + view.to) / 2;
    const half = ((view.to - view.from) * factor) / 2;
    show(centre - half, centre + half);
  }

  function scrollTo(row) {
    const count = visibleRows();
    if (row >= firstRow && row < firstRow + count) return;
    firstRow = Math.max(0, Math.min(rows.length - count, row - Math.floor(count / 3)));
    chart.dispatchAction({ type: 'dataZoom', dataZoomId: 'y', startValue: firstRow, endValue: Math.min(rows.length - 1, firstRow + count - 1) });
    note();
  }

  // ---- Words ------------------------------------------------------------------------------------------------------

  function time(ms) {
    return new Date(ms).toISOString().replace('T', ' ');
  }

  function length(ms) {
    const seconds = ms / 1000;
    if (seconds < 60) return seconds.toFixed(3) + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + Math.floor(seconds % 60) + ' s';
    if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ' + Math.floor((seconds % 3600) / 60) + ' min';
    return Math.floor(seconds / 86400) + ' d ' + Math.floor((seconds % 86400) / 3600) + ' h';
  }

  function ending(life) {
    switch (life.kind) {
      case 'alive': return SIGNS.alive + ' alive';
      case 'good': return SIGNS.good + ' exit code 0';
      case 'bad': return SIGNS.bad + ' exit code ' + life.exit;
      case 'hidden': return SIGNS.hidden + ' hidden by a filter';
      default: return SIGNS.unknown + ' exit code unknown';
    }
  }

  function escape(value) {
    return String(value).replace(/[&<>"']/g, (c) => '&#' + c.charCodeAt(0) + ';');
  }

  function tip(params) {
    if (params.seriesId === 'lives') {
      const life = lives[params.value[3]];
      return '<b>' + escape(life.name) + '</b>' + (life.pod ? ' in ' + escape(label(life.pod)) : '') + '<br>' + escape(life.host)
        + '<br>' + escape(ending(life)) + '<br>' + time(life.from) + (life.alive ? '' : ' \u2192 ' + time(life.to)) + '<br>' + length(life.to - life.from);
    }
    if (params.seriesId === 'windows') {
      const item = params.data;
      return '<b>' + escape(item.kind) + '</b> ' + escape(item.host) + '<br>' + time(item.value[1]) + ' \u2192 ' + time(item.value[2])
        + '<br><span style="white-space:normal">' + escape(item.reason) + '</span>';
    }
    return '';
  }

  // ---- Selecting --------------------------------------------------------------------------------------------------

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

  // ---- Searching --------------------------------------------------------------------------------------------------

  function find() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    matches = words.length === 0
      ? lives
      : lives.filter((life) => words.every((word) => (word.startsWith('exit:') ? life.words.split('\n').includes(word) : life.words.includes(word))));
    matching = new Set(matches);
    found.textContent = words.length === 0 ? '' : matches.length + (matches.length === 1 ? ' life' : ' lives');
    document.querySelectorAll('#lives tbody tr').forEach((row, index) => {
      row.hidden = !matching.has(lives[index]);
    });
    firstRow = 0;
    if (selected && !matching.has(selected)) selected = null;
    arrange();
    draw();
  }

  let pending = 0;
  search.addEventListener('input', () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(find);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      next(event.shiftKey);
    } else if (event.key === 'Escape') {
      search.value = '';
      find();
      timeline.focus();
    }
  });

  // ---- Keys, mouse, buttons ---------------------------------------------------------------------------------------

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
})();
