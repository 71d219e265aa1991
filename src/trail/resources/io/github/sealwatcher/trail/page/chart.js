// The chart: axes, labels, zoom, what is in view.

const chart = echarts.init(timeline, null, { renderer: 'canvas' });

function visibleRows() {
  return Math.max(4, Math.floor((timeline.clientHeight - 92) / ROW));
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
