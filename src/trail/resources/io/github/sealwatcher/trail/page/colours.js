// The colours of the style sheet, and stripes of them, for the canvas.

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
