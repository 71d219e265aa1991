// Searching.

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
