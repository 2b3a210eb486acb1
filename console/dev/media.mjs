// The server's side of the media WebSocket (docs/api.md) over looping clips: any camera has a frame every 40 ms,
// back to three hours ago, but for its gaps. Frame number = wall time / 40 ms, modulo the loop.
import { createPublicKey, randomBytes, verify } from 'node:crypto';
import { FRAMES, FRAME_MICROS, GOP } from './clips.mjs';

export const nowMicros = () => Math.floor((performance.timeOrigin + performance.now()) * 1000);
export const iso = (micros) => `${new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19)}.${String(Math.floor(micros % 1e6)).padStart(6, '0')}Z`;
const micros = (text) => Date.parse(text) * 1000;
const GOP_MICROS = GOP * FRAME_MICROS;

/** One access unit by its number since 1970 in decoding order. */
function unitAt(camera, number) {
  const unit = camera.clip.units[((number % FRAMES) + FRAMES) % FRAMES];
  const gopStart = Math.floor(number / GOP) * GOP;
  const gopOfClip = Math.floor((((number % FRAMES) + FRAMES) % FRAMES) / GOP) * GOP;
  return { ...unit, wallTime: number * FRAME_MICROS, mediaTime: (gopStart + unit.place - gopOfClip) * 3600 };
}

function gapAt(camera, at) {
  return camera.gaps.find((gap) => at >= gap.start && at < gap.end);
}

function frameMessage(channel, seq, unit, flags) {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(channel, 0);
  head.writeUInt8(1, 4);
  head.writeUInt8((unit.key ? 1 : 0) | flags, 5);
  head.writeUInt16BE(seq, 6);
  head.writeBigInt64BE(BigInt(unit.wallTime), 8);
  head.writeBigInt64BE(BigInt(unit.mediaTime), 16);
  return Buffer.concat([head, unit.data]);
}

export function serveMedia(socket, { cameras, redeem }) {
  const nonce = randomBytes(32);
  const channels = new Map();
  const say = (message) => socket.readyState === 1 && socket.send(JSON.stringify(message));
  say({ type: 'hello', version: 1, nonce: nonce.toString('base64url') });
  let open = false;

  const greet = (message) => {
    const key = createPublicKey({ key: Buffer.from(message.key, 'base64url'), format: 'der', type: 'spki' });
    const proven = verify('sha256', Buffer.concat([nonce, Buffer.from(message.ticket)]), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(message.signature, 'base64url'));
    if (!proven || !redeem(message.ticket, message.key)) {
      say({ type: 'refused', problem: { title: 'Refused', detail: 'The ticket is not good.', status: 403 } });
      socket.close(1008);
      return;
    }
    open = true;
    say({ type: 'opened', serverTime: nowMicros() });
  };

  const begin = (message, mode) => {
    const camera = cameras().find((each) => each.id === message.camera);
    if (!camera) {
      say({ type: 'closed', channel: message.channel, problem: { detail: 'There is no such camera.' } });
      return;
    }
    const state = { channel: message.channel, camera, mode, next: 0, play: undefined };
    channels.set(message.channel, state);
    say({ type: 'channel', channel: message.channel, camera: camera.id, stream: 0, mode });
    if (mode === 'live') {
      say({ type: 'state', channel: message.channel, state: camera.state() });
      if (camera.state().phase !== 'streaming') return;
      state.next = Math.floor(nowMicros() / FRAME_MICROS / GOP) * GOP;
    }
    say({ type: 'config', channel: message.channel, codec: camera.codec, width: 640, height: 360 });
  };

  const play = (state, message) => {
    const from = micros(message.from);
    const { camera } = state;
    const key = Math.floor(from / GOP_MICROS) * GOP;
    state.play = { seq: message.seq, from, direction: message.direction, frames: message.frames, credit: message.credit, next: Math.max(key, camera.oldest() / FRAME_MICROS), gop: key, ended: false, gap: undefined };
  };

  const pump = (state) => {
    const { camera, channel } = state;
    if (state.mode === 'live') {
      while (state.next * FRAME_MICROS <= nowMicros() && camera.state().phase === 'streaming') {
        const unit = unitAt(camera, state.next);
        if (!gapAt(camera, unit.wallTime)) socket.send(frameMessage(channel, 0, unit, 0));
        state.next += 1;
      }
      return;
    }
    const { play: run } = state;
    if (!run || run.ended) return;
    const end = () => {
      run.ended = true;
      say({ type: 'end', channel, seq: run.seq });
    };
    while (run.credit > 0 && !run.ended) {
      const at = run.next * FRAME_MICROS;
      if (run.direction === 1 ? at > nowMicros() - 300_000 : run.gop * FRAME_MICROS < camera.oldest()) {
        end();
        break;
      }
      const gap = gapAt(camera, at);
      if (gap) {
        if (run.gap !== gap) say({ type: 'gap', channel, seq: run.seq, start: iso(gap.start), end: iso(gap.end), cause: gap.cause });
        run.gap = gap;
        if (run.direction === 1) run.next = Math.ceil(gap.end / GOP_MICROS) * GOP;
        else run.next = run.gop = Math.floor((gap.start - 1) / GOP_MICROS) * GOP;
        continue;
      }
      const unit = unitAt(camera, run.next);
      const hidden = run.direction === 1 ? unit.wallTime < run.from : unit.wallTime > run.from;
      if (run.frames === 'all' || unit.key) {
        const message = frameMessage(channel, run.seq, unit, hidden ? 8 : 0);
        run.credit -= message.length;
        socket.send(message);
      }
      if (run.direction === 1) run.next += run.frames === 'keys' ? GOP : 1;
      else if (run.frames === 'keys' || run.next + 1 >= run.gop + GOP) run.next = run.gop = run.gop - GOP;
      else run.next += 1;
    }
  };

  const timer = setInterval(() => channels.forEach(pump), 20);
  socket.on('close', () => clearInterval(timer));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data));
    const state = channels.get(message.channel);
    if (message.type === 'open') greet(message);
    else if (!open) socket.close(1008);
    else if (message.type === 'ping') say({ type: 'pong', t: message.t, serverTime: nowMicros() });
    else if (message.type === 'live' || message.type === 'playback') begin(message, message.type);
    else if (message.type === 'play' && state) play(state, message);
    else if (message.type === 'more' && state?.play?.seq === message.seq) Object.assign(state.play, { credit: state.play.credit + message.credit, ended: false });
    else if (message.type === 'close') {
      channels.delete(message.channel);
      say({ type: 'closed', channel: message.channel });
    }
    if (state) pump(state);
  });
}
