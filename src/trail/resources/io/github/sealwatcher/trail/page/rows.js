// Which rows there are: hosts, pods, containers.

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
      // Pods and containers are made anew under their names: one row shows all of them.
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
