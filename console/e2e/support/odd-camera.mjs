// Cameras that cannot be recorded, each in its own way, on free ports of this machine.
import { createServer } from 'node:net';

const audioOnly = 'v=0\r\ns=x\r\nm=audio 0 RTP/AVP 0\r\na=control:track1\r\n';
const vp9 = 'v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP9/90000\r\na=control:track1\r\n';
const described = (sdp) => `RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`;

/** What each answers to DESCRIBE. */
const kinds = {
  'no video': described(audioOnly),
  'another codec': described(vp9),
  'wrong password': 'RTSP/1.0 401 Unauthorized\r\nCSeq: {cseq}\r\nWWW-Authenticate: Digest realm="x", nonce="n", algorithm=SHA-256\r\n\r\n',
  'no such path': 'RTSP/1.0 404 Not Found\r\nCSeq: {cseq}\r\n\r\n',
};

/** @returns the addresses by kind, and how to end them */
export async function startOddCameras() {
  const servers = [];
  const listen = async (answer) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.on('data', (request) => socket.write(answer(request.toString())));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `rtsp://127.0.0.1:${server.address().port}/stream`;
  };
  const addresses = { 'not RTSP': await listen(() => 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n') };
  for (const [kind, answer] of Object.entries(kinds)) {
    addresses[kind] = await listen((request) => {
      const cseq = /CSeq: *(\d+)/i.exec(request)?.[1] ?? '1';
      const text = request.startsWith('DESCRIBE') ? answer : 'RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n';
      return text.replace('{cseq}', cseq);
    });
  }
  // A port that was free a moment ago may be another program's by now; nothing listens on port 7 of this machine.
  addresses.unreachable = 'rtsp://127.0.0.1:7/gone';
  return { addresses, stop: () => servers.forEach((server) => server.close()) };
}
