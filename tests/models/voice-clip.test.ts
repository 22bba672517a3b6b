import Meyda from 'meyda';
import { describe, expect, it } from 'vitest';
import { prepareClip } from '#models/voice/clip.ts';
import { spectralFrames } from '#models/voice/meyda.ts';
import { trackPitch } from '#models/voice/pitch.ts';
import { measureProsody, PROSODY_NAMES } from '#models/voice/prosody.ts';
import { cutWindows, joined } from '#models/voice/windows.ts';
import { chirp, noise, tone, uniformNoise, voice } from './voice-signals.ts';

const RATE = 16_000;
const feature = (samples: Float32Array, name: string) => measureProsody(samples).features.get(name)!;

describe('prepareClip', () => {
  const odd: Record<string, Float32Array> = {
    'no samples': new Float32Array(0),
    'one sample': new Float32Array([0.5]),
    '20 ms': tone().subarray(0, 320),
    silence: new Float32Array(RATE),
    'not numbers': new Float32Array(RATE).fill(NaN),
    infinities: Float32Array.from({ length: RATE }, (_, i) => (i % 2 ? Infinity : -Infinity)),
    'a constant': new Float32Array(RATE).fill(0.7),
    'huge values': voice().map((value) => value * 1e30),
    'tiny values': voice().map((value) => value * 1e-30),
    'one click': new Float32Array(RATE).fill(1, 8000, 8001),
  };
  for (const [name, samples] of Object.entries(odd)) {
    it(`takes ${name}: every number finite, no trust`, () => {
      const clip = prepareClip(samples);
      expect(clip.encoderInputs.length).toBe(1);
      expect(clip.encoderInputs[0]!.length).toBeGreaterThanOrEqual(8000);
      expect(clip.encoderInputs[0]!.every((value) => Math.abs(value) <= 1)).toBe(true);
      expect(clip.prosody.every(Number.isFinite)).toBe(true);
      expect(clip.prosody.length).toBe(PROSODY_NAMES.length);
      if (name !== 'huge values') expect(clip.quality.quality).toBeLessThan(0.35);
    });
  }

  it('leaves its input alone', () => {
    const [samples, same] = [voice(), voice()];
    prepareClip(samples);
    expect(samples.every((value, i) => value === same[i])).toBe(true);
  });

  it('does not depend on gain, offset or surrounding silence', () => {
    const plain = prepareClip(voice());
    const quiet = prepareClip(voice().map((value) => value * 0.02));
    const shifted = prepareClip(voice().map((value) => value + 0.1));
    const longer = new Float32Array(voice().length + RATE);
    longer.set(voice(), RATE / 2);
    for (const other of [quiet, shifted]) {
      plain.prosody.forEach((value, i) => {
        expect(Math.abs(other.prosody[i]! - value), PROSODY_NAMES[i]).toBeLessThan(
          0.05 + 0.005 * Math.abs(value),
        );
      });
    }
    const [a, b] = [plain.encoderInputs[0]!, prepareClip(longer).encoderInputs[0]!];
    expect(Math.abs(a.length - b.length)).toBeLessThan(RATE / 4);
  });

  it('takes two hours in one clip with bounded work', () => {
    const long = new Float32Array(2 * 3600 * RATE);
    const part = voice();
    for (let at = 0; at + part.length <= long.length; at += part.length) long.set(part, at);
    const clip = prepareClip(long);
    expect(clip.encoderInputs.length).toBeLessThanOrEqual(31);
    expect(clip.quality.quality).toBeGreaterThan(0.5);
  }, 60_000);
});

describe('quality', () => {
  it('trusts a voice, and says what is wrong with the rest', () => {
    expect(prepareClip(voice()).quality).toMatchObject({ quality: 1, reasons: [] });
    expect(prepareClip(noise()).quality.reasons).toContain('unvoiced');
    expect(prepareClip(voice().subarray(0, 5000)).quality.reasons).toContain('short');
    expect(prepareClip(voice().map((value) => value * 1e-4)).quality.reasons).toContain('quiet');
    const overdriven = voice().map((value) => Math.max(-0.1, Math.min(0.1, value)));
    expect(prepareClip(overdriven).quality.reasons).toContain('clipped');
    const hiss = uniformNoise(voice().length, 7);
    const noisy = voice().map((value, i) => value + 0.15 * hiss[i]!);
    expect(prepareClip(noisy).quality.reasons).toContain('noisy');
    expect(prepareClip(noisy).quality.quality).toBeLessThan(prepareClip(voice()).quality.quality);
  });
});

describe('pitch', () => {
  it('finds a tone, follows a chirp, and calls noise unvoiced', () => {
    const flat = [...trackPitch(tone()).frequencyHz].filter((hz) => hz > 0);
    expect(flat.length).toBeGreaterThan(90);
    for (const hz of flat) expect(Math.abs(hz - 220)).toBeLessThan(1);
    const rising = trackPitch(chirp()).frequencyHz;
    for (const frame of [10, 40, 70, 90]) {
      const seconds = frame * 0.02 + 0.0125;
      expect(Math.abs(rising[frame]! - (100 + 120 * seconds))).toBeLessThan(4);
    }
    expect(feature(noise(), 'voiced_share')).toBeLessThan(0.05);
  });

  it('hears a higher voice as higher by the right interval', () => {
    const octave = Float32Array.from(
      { length: RATE },
      (_, i) => 0.2 * Math.sin((i / RATE) * 440 * 2 * Math.PI),
    );
    expect(feature(octave, 'f0_p50') - feature(tone(), 'f0_p50')).toBeCloseTo(12, 1);
  });
});

describe('Meyda', () => {
  it('gives Hz, and zeros instead of NaN for silence', () => {
    const [frame] = spectralFrames(tone().subarray(0, 512), () => true);
    expect(Math.abs(frame!.centroidHz - 220)).toBeLessThan(60);
    const [silent] = spectralFrames(new Float32Array(512), () => true);
    expect(
      Object.values(silent!)
        .flat()
        .filter((value) => typeof value === 'number')
        .every(Number.isFinite),
    ).toBe(true);
  });

  it('keeps its own settings whatever another user of the global object did', () => {
    const before = spectralFrames(voice(), (frame) => frame === 20);
    Object.assign(Meyda, {
      bufferSize: 1024,
      sampleRate: 44_100,
      melBands: 40,
      numberOfMFCCCoefficients: 20,
    });
    Meyda.extract('mfcc', new Float32Array(1024).fill(0.1));
    expect(spectralFrames(voice(), (frame) => frame === 20)).toEqual(before);
  });
});

describe('windows', () => {
  it('lose and repeat nothing up to five minutes', () => {
    for (const seconds of [0.1, 9.99, 10.01, 61, 300]) {
      const samples = Float32Array.from({ length: seconds * RATE }, (_, i) => i);
      const windows = cutWindows(samples);
      const whole = joined(windows);
      expect(whole.length).toBe(samples.length);
      expect(whole.every((value, i) => value === samples[i])).toBe(true);
      expect(Math.max(...windows.map((window) => window.length))).toBeLessThanOrEqual(10 * RATE);
    }
  });
});
