/** Faces in real pictures and clips, from the data folder beside the repository; without it these tests are skipped by name. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { describeAppearance } from '#models/face/appearance.ts';
import { calibrated, calibrationFor } from '#models/face/calibrate.ts';
import { cropFace } from '#models/face/crop.ts';
import type { Frame } from '#models/face/frame.ts';
import { smoothLooks, type FaceLook } from '#models/face/smooth.ts';
import { FaceTracker } from '#models/face/tracker.ts';
import { emotionLogits, emotionSettings, findFaces, readFace } from './face-models.ts';

const DATA = new URL('../../../shared/data/face/', import.meta.url).pathname;
const PICTURES = `${DATA}diffusionfer/DiffusionFER/DiffusionEmotion_S/cropped/`;
const CLIPS = `${DATA}demo_video/`;
const needs = (path: string): string => (existsSync(path) ? '' : 'needs ../shared: ');
const ffmpeg = (createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }).path;

function decode(path: string, width: number, height: number, filter = ''): Frame[] {
  const scale = `${filter}scale=${width}:${height}`;
  const raw = execFileSync(
    ffmpeg,
    ['-nostdin', '-v', 'error', '-i', path, '-vf', scale, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    { maxBuffer: 1 << 28 },
  );
  const size = width * height * 3;
  return Array.from({ length: raw.length / size }, (_, i) => ({
    width,
    height,
    rgb: new Uint8Array(raw.subarray(i * size, (i + 1) * size)),
  }));
}

interface RealFixture {
  name: string;
  points: [number, number][];
  probabilities: number[];
}
const { real } = JSON.parse(readFileSync(new URL('face-fixtures.json', import.meta.url), 'utf8')) as {
  real: RealFixture[];
};

describe.skipIf(!existsSync(PICTURES))(`${needs(PICTURES)}synthetic portraits`, () => {
  it.each(real)('reads $name as Python does', async ({ name, points, probabilities }) => {
    const [frame] = decode(PICTURES + name, 128, 128);
    const [face] = await findFaces(frame!);
    face!.points.forEach(({ x, y }, i) => {
      expect(Math.abs(x - points[i]![0])).toBeLessThan(1);
      expect(Math.abs(y - points[i]![1])).toBeLessThan(1);
    });
    const logits = await emotionLogits([cropFace(frame!, face!, emotionSettings)]);
    calibrated(logits, calibrationFor(128, emotionSettings.calibrations)).forEach((p, k) =>
      expect(Math.abs(p - probabilities[k]!)).toBeLessThan(0.08),
    );
  });
});

/** Every face's looks, five frames a second. */
async function follow(clip: string): Promise<Map<string, FaceLook[]>> {
  const tracker = new FaceTracker();
  const looks = new Map<string, FaceLook[]>();
  for (const [i, frame] of decode(CLIPS + clip, 640, 360, 'fps=5,').entries()) {
    const faces = await findFaces(frame);
    const seen = faces.map((face) => ({ ...face, appearance: describeAppearance(frame, face) }));
    const ids = tracker.push(i * 200, seen);
    for (const [k, face] of faces.entries()) {
      const reading = await readFace(frame, face);
      const look = { timeMs: i * 200, probabilities: reading.probabilities, quality: reading.quality };
      looks.set(ids[k]!, [...(looks.get(ids[k]!) ?? []), look]);
    }
  }
  return looks;
}

describe.skipIf(!existsSync(CLIPS))(`${needs(CLIPS)}clips`, () => {
  it('follows one man through his clip and sees him begin to smile', async () => {
    const looks = [...(await follow('pyfeat_single_face.mp4')).values()];
    expect(looks).toHaveLength(1);
    const happiness = smoothLooks(looks[0]!).map((p) => p[1]!);
    expect(happiness[0]).toBeLessThan(0.4);
    expect(happiness.at(-1)).toBeGreaterThan(0.6);
  });

  it('follows a woman from grief, hand before her face, to laughter', async () => {
    const looks = [...(await follow('pyfeat_WolfgangLanger_Pexels.mp4')).values()];
    const longest = looks.sort((a, b) => b.length - a.length)[0]!;
    const all = looks.reduce((sum, own) => sum + own.length, 0);
    expect(longest.length).toBeGreaterThan(0.85 * all);
    const smooth = smoothLooks(longest);
    const mean = (k: number, fromMs: number, toMs: number): number => {
      const own = smooth.filter((_, i) => longest[i]!.timeMs >= fromMs && longest[i]!.timeMs < toMs);
      return own.reduce((sum, p) => sum + p[k]!, 0) / own.length;
    };
    expect(mean(2, 0, 5000)).toBeGreaterThan(0.5);
    expect(mean(1, 0, 5000)).toBeLessThan(0.4);
    expect(mean(1, 11_000, 18_000)).toBeGreaterThan(0.8);
  });

  it('finds no lasting face where there is none', async () => {
    for (const looks of (await follow('pyfeat_no_face.mp4')).values()) expect(looks.length).toBeLessThan(3);
  });
});
