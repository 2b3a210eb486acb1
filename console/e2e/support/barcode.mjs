// Reads the barcode of docs/formats/barcode.md from a canvas of the page: what a person would see, not what was sent.

/** {scene, frame, wallTime, shownFrames, state} of the canvas, scene and frame undefined while no whole barcode is on it. */
export async function readCanvas(canvas) {
  return canvas.evaluate(readInPage);
}

/** The same within the page: its text can be handed to a page that reads for itself. */
export function readInPage(element) {
  const facts = {
    state: element.dataset.state,
    wallTime: Number(element.dataset.wallTime),
    mediaTime: Number(element.dataset.mediaTime),
    shownFrames: Number(element.dataset.shownFrames ?? 0),
  };
  const { width, height } = element;
  if (width < 160) return facts;
  const cellWidth = (3 / 160) * width;
  const cellHeight = height / 30;
  const top = Math.floor(height - cellHeight * 0.75);
  const rows = Math.max(1, Math.floor(cellHeight / 2));
  const { data } = element.getContext('2d').getImageData(0, top, width, rows);
  const luma = Array.from({ length: 52 }, (_, cell) => {
    const left = (1 / 80) * width + cell * cellWidth;
    let sum = 0;
    let count = 0;
    for (let y = 0; y < rows; y += 1) {
      for (let x = Math.ceil(left + cellWidth / 4); x < left + (cellWidth * 3) / 4; x += 1) {
        const at = (y * width + x) * 4;
        sum += 0.2126 * data[at] + 0.7152 * data[at + 1] + 0.0722 * data[at + 2];
        count += 1;
      }
    }
    return count === 0 ? 0 : sum / count;
  });
  const white = (luma[0] + luma[51]) / 2;
  const black = (luma[1] + luma[50]) / 2;
  if (white - black < 60) return facts;
  const bits = luma.slice(2, 50).map((each) => (each > (white + black) / 2 ? 1 : 0));
  const bytes = Array.from({ length: 6 }, (_, index) => bits.slice(index * 8, index * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
  let crc = 0xffff;
  for (const byte of bytes.slice(0, 4)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  if (bytes[0] !== 0xc5 || crc !== bytes[4] * 256 + bytes[5]) return facts;
  return { ...facts, scene: bytes[1], frame: bytes[2] * 256 + bytes[3] };
}

/** Reads again and again until `wanted` holds; fails with what was read last. */
export async function readUntil(canvas, wanted, what, millis = 15_000) {
  const deadline = Date.now() + millis;
  let last;
  while (Date.now() < deadline) {
    last = await readCanvas(canvas);
    if (wanted(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`Waited ${millis} ms for ${what}, but the canvas has ${JSON.stringify(last)}.`);
}
