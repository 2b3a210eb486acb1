// Drawn H.264 for the stand-in server: a room in two tones, somebody walking through, and the barcode of
// docs/formats/barcode.md. Made once by the ffmpeg program and kept beside the build.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export const FRAMES = 500;
export const FRAME_MICROS = 40_000;
export const GOP = 50;
const WIDTH = 640;
const HEIGHT = 360;

/** The 52 cells of a barcode, true is white. */
export function barcodeCells(scene, frame) {
  const head = [0xc5, scene, frame >> 8, frame & 0xff];
  let crc = 0xffff;
  for (const byte of head) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : crc << 1;
  }
  const bits = [...head, crc >> 8, crc & 0xff].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((byte >> bit) & 1) === 1));
  return [true, false, ...bits, false, true];
}

function rect(picture, left, top, width, height, luma) {
  for (let y = Math.max(0, top); y < Math.min(HEIGHT, top + height); y += 1) {
    picture.fill(luma, y * WIDTH + Math.max(0, left), y * WIDTH + Math.min(WIDTH, left + width));
  }
}

function draw(scene, frame) {
  const picture = Buffer.alloc(WIDTH * HEIGHT);
  const horizon = 120 + scene * 14;
  for (let y = 0; y < HEIGHT; y += 1) picture.fill(y < horizon ? 70 + y / 5 : 60 + (y - horizon) / 3, y * WIDTH, (y + 1) * WIDTH);
  for (let column = 0; column < 5; column += 1) rect(picture, 30 + column * 128 + scene * 9, horizon - 70, 70, 100, 96 + scene * 10);
  rect(picture, 400, horizon + 60, 190, 60, 48);
  const walk = Math.round((frame / FRAMES) * (WIDTH + 60)) - 40;
  rect(picture, walk, 170 + scene * 6, 26, 96, 205);
  rect(picture, walk + 5, 150 + scene * 6, 16, 18, 215);
  barcodeCells(scene, frame).forEach((white, cell) => {
    const left = Math.round((1 / 80 + cell * (3 / 160)) * WIDTH);
    const right = Math.round((1 / 80 + (cell + 1) * (3 / 160)) * WIDTH);
    rect(picture, left, HEIGHT - HEIGHT / 30, right - left, HEIGHT / 30, white ? 235 : 16);
  });
  return picture;
}

function run(program, args, feed) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: [feed ? 'pipe' : 'ignore', 'pipe', 'inherit'] });
    const out = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(out)) : reject(new Error(`${program} ended with ${code}`))));
    if (feed) void feed(child.stdin);
  });
}

async function encode(scene, bFrames, file) {
  const ffmpeg = ['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${WIDTH}x${HEIGHT}`, '-r', '25', '-i', '-'];
  const x264 = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '26', '-g', `${GOP}`, '-keyint_min', `${GOP}`, '-sc_threshold', '0', '-bf', `${bFrames}`];
  await run('ffmpeg', [...ffmpeg, ...x264, '-x264-params', 'open-gop=0:b-adapt=0', file], async (stdin) => {
    for (let frame = 0; frame < FRAMES; frame += 1) {
      if (!stdin.write(draw(scene, frame))) await new Promise((drained) => stdin.once('drain', drained));
    }
    stdin.end();
  });
}

/** Access units in decoding order, each with its place in presentation order. */
async function unitsOf(file) {
  const annexB = await run('ffmpeg', ['-v', 'error', '-i', file, '-c', 'copy', '-bsf:v', 'h264_mp4toannexb,h264_metadata=aud=insert', '-f', 'h264', '-']);
  const listed = await run('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts,flags', '-of', 'csv=p=0', file]);
  const packets = listed.toString().trim().split('\n').map((line) => line.split(','));
  const ptsOrder = packets.map(([pts]) => Number(pts)).toSorted((a, b) => a - b);
  const starts = [];
  for (let at = annexB.indexOf(AUD); at !== -1; at = annexB.indexOf(AUD, at + 5)) starts.push(at);
  return starts.map((start, index) => ({
    data: annexB.subarray(start, starts[index + 1] ?? annexB.length),
    key: packets[index]?.[1]?.startsWith('K') ?? false,
    place: ptsOrder.indexOf(Number(packets[index]?.[0])),
  }));
}

const AUD = Buffer.from([0, 0, 0, 1, 9]);

/** Four scenes; the second has B-frames. */
export async function clips(folder) {
  mkdirSync(folder, { recursive: true });
  const made = [];
  for (const scene of [1, 2, 3, 4]) {
    const file = join(folder, `scene-${scene}.mp4`);
    if (!existsSync(file)) await encode(scene, scene === 2 ? 2 : 0, file);
    const units = await unitsOf(file);
    if (units.length !== FRAMES) throw new Error(`${file} has ${units.length} access units, not ${FRAMES}; remove it and start again.`);
    made.push({ scene, units, codec: codecOf(units[0].data) });
  }
  return made;
}

/** RFC 6381 from the sequence parameter set. */
function codecOf(unit) {
  const at = unit.findIndex((byte, index) => (byte & 31) === 7 && unit[index - 1] === 1 && unit[index - 2] === 0);
  return `avc1.${unit.subarray(at + 1, at + 4).toString('hex').toUpperCase()}`;
}

