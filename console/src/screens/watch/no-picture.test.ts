import { describe, expect, it } from 'vitest';
import { makeText } from '../../i18n/catalogue';
import { en } from '../../i18n/en';
import type { LiveStatus } from '../../media/live';
import { Zone } from '../../time/zone';
import { noPictureText } from './LiveTile';

const t = makeText('en', en);
const zone = new Zone('UTC', 'en-GB');
const now = 1_795_312_800_000_000;
const status = (more: Partial<LiveStatus>): LiveStatus => ({ phase: 'unsupported', hindrance: 'no-decoder', problem: undefined, camera: undefined, config: undefined, lastWallTime: undefined, skipped: 0, ...more }) as LiveStatus;

describe('a tile without a picture', () => {
  it('says that recording goes on only while the camera is there', () => {
    expect(noPictureText(status({}), now, undefined, zone, t).next).toContain('Recording goes on');

    const gone = noPictureText(
      status({ camera: { phase: 'backing-off', since: now, cause: 'camera-unreachable', message: undefined, nextTryAt: now + 8_000_000, certificate: undefined, clockDifferenceMillis: undefined } }),
      now,
      undefined,
      zone,
      t,
    );
    expect(gone.what).toBe('No answer from camera since 02:00:00');
    expect(gone.next).toBe('Next try in 8 s.');
  });

  it('says what somebody can do where waiting does not help', () => {
    const stranger = noPictureText(
      status({
        phase: 'camera',
        camera: { phase: 'certificate-changed', since: now, cause: 'certificate-changed', message: undefined, nextTryAt: now + 8_000_000, certificate: 'ab'.repeat(32), clockDifferenceMillis: undefined },
      }),
      now,
      undefined,
      zone,
      t,
    );
    expect(stranger.what).toBe('Camera showed another certificate since 02:00:00');
    expect(stranger.next).toContain('compare');
  });
});
