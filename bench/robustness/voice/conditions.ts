/** The ways in which a voice gets worse: samples in, a sound file out. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Random } from '#models/metrics/random.ts';
import { oneOf } from '#models/metrics/random.ts';
import { clipped, withNoise, withRoom } from './signals.ts';
import { wavBytes } from '../../wav.ts';

export interface VoiceCondition {
  readonly id: string;
  readonly title: string;
  /** Writes `${to}.wav` or another kind, and returns the file's name. */
  readonly write: (samples: Float32Array, to: string, random: Random) => string;
}

export interface VoiceMeans {
  readonly ffmpeg: string;
  /** 16 kHz. */
  readonly noises: readonly Float32Array[];
}

export function voiceConditions({ ffmpeg, noises }: VoiceMeans): VoiceCondition[] {
  const wav = (samples: Float32Array, to: string): string => {
    writeFileSync(`${to}.wav`, wavBytes(samples));
    return `${to}.wav`;
  };
  const coded = (samples: Float32Array, to: string, ending: string, ...codec: string[]): string => {
    const from = wav(samples, `${to}-before`);
    const file = `${to}.${ending}`;
    execFileSync(ffmpeg, ['-nostdin', '-v', 'error', '-y', '-i', from, ...codec, file]);
    return file;
  };
  const noisy = (snrDb: number): VoiceCondition => ({
    id: `noise-${snrDb}`,
    title: `real noise, ${snrDb} dB below the voice`,
    write: (samples, to, random) => wav(withNoise(samples, oneOf(noises, random), snrDb, random), to),
  });
  return [
    { id: 'clean', title: 'as it is', write: wav },
    noisy(20),
    noisy(10),
    noisy(5),
    {
      id: 'mu-law',
      title: '8 kHz mu-law',
      write: (samples, to) => coded(samples, to, 'wav', '-ar', '8000', '-c:a', 'pcm_mulaw'),
    },
    {
      id: 'mp3-16',
      title: 'MP3 at 16 kbit/s',
      write: (samples, to) => coded(samples, to, 'mp3', '-c:a', 'libmp3lame', '-b:a', '16k'),
    },
    {
      id: 'room',
      title: 'reverberation, 0.6 s',
      write: (samples, to, random) => wav(withRoom(samples, random), to),
    },
    { id: 'clipping', title: 'clipping, 12 dB over', write: (samples, to) => wav(clipped(samples), to) },
  ];
}
