/** Our reading of what ffprobe really said (recorded, without the file's name). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mediaInfo } from '#contract/media/media-info.ts';
import { PacketTimes } from '#main/hosts/media/packet-times.ts';
import { parseProbe, type Probed } from '#main/hosts/media/probe-json.ts';

function recorded(name: string, change: (json: string) => string = (json) => json): Probed {
  const probed = parseProbe(
    change(readFileSync(join(import.meta.dirname, 'media-probes', `${name}.json`), 'utf8')),
  );
  mediaInfo.parse(probed.info);
  return probed;
}

describe('ffprobe’s JSON', () => {
  test('a phone video on its side, by either way of saying so', () => {
    const upright = { width: 240, height: 320, rotationDegrees: 270, still: false };
    expect(recorded('phone')).toMatchObject({
      needsMeasuring: false,
      info: { durationMs: 3000, playable: true, video: upright, audio: { codec: 'aac', channels: 1 } },
    });
    const tagged = recorded('phone', (json) =>
      json.replace(/"rotation": -?\d+/, '"other": 0').replace('"language"', '"rotate": "270", "language"'),
    );
    expect(tagged.info.video).toMatchObject(upright);
  });

  test('a recorder’s webm has no length', () => {
    expect(recorded('recorder')).toMatchObject({
      needsMeasuring: true,
      info: { durationMs: 0, durationMeasured: true, playable: false, video: { codec: 'vp8' } },
    });
  });

  test('a song’s cover and a picture are stills', () => {
    expect(recorded('song').info).toMatchObject({
      playable: true,
      video: { still: true, framesPerSecond: null },
    });
    expect(recorded('picture')).toMatchObject({
      needsMeasuring: false,
      info: { durationMs: 40, audio: null, playable: false, video: { still: true } },
    });
  });

  test('six channels, and a variable frame rate', () => {
    expect(recorded('six').info).toMatchObject({
      durationMs: 2000,
      playable: true,
      audio: { channels: 6 },
      video: null,
    });
    expect(recorded('vfr').info.video?.framesPerSecond).toBeGreaterThan(0);
  });

  test('a forged length is not believed', () => {
    const forged = recorded('six', (json) =>
      json.replaceAll(/"duration": "[\d.]+"/g, '"duration": "99999999.0"'),
    );
    expect(forged).toMatchObject({ needsMeasuring: true, info: { durationMs: 0 } });
  });

  test('pixels that a browser may not show, sound that it does not play', () => {
    expect(recorded('phone', (json) => json.replace('"yuv420p"', '"yuv422p10le"')).info.playable).toBe(false);
    expect(
      recorded('phone', (json) => json.replace('"codec_name": "aac"', '"codec_name": "ac3"')).info.playable,
    ).toBe(false);
  });

  test('something else is refused', () => {
    expect(() => parseProbe('{}')).toThrow();
    expect(() => parseProbe('ffprobe version')).toThrow();
  });
});

test('the length from packets, whatever way the lines are cut', () => {
  const text = '1.400000,0.020000\n1.420000,0.020000\nN/A,0.020000\n1.380000,0.020000\n1.440000,N/A\n';
  const bytes = new TextEncoder().encode(text);
  const times = new PacketTimes();
  for (let i = 0; i < bytes.length; i += 7) times.push(bytes.subarray(i, i + 7));
  expect(times.close()).toBeCloseTo(0.06, 6);
  expect(new PacketTimes().close()).toBe(0);
});
