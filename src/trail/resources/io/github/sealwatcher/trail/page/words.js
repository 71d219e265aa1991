// Times, lengths and endings in words.

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
