import { AttuneError } from '#contract/errors.ts';
import { floatOutput, floats, type Run } from '../tensor.ts';
import type { VoiceSettings } from './settings.ts';

/** What one reading of a latent vector says. */
export interface HeadOutput {
  /** A logit a fine class. */
  readonly logits: readonly number[];
  readonly valence: number;
  readonly arousal: number;
}

/** The head's outputs for one utterance. */
export interface Heads {
  /** Of the latent vector as it is. */
  readonly alone: HeadOutput;
  /** Of the latent vector less the speaker's offset, by weights that were trained on such. */
  readonly own: HeadOutput;
  /** Distance to the nearest known corpus; about one for what the model knows. */
  readonly strangeness: number;
}

/** Rows a run: an hour's hundreds at once would make the runtime keep room for as many from then on. */
const MOST_ROWS = 64;

/** @throws AttuneError 'model-incompatible' where a latent vector is not of the model's width */
export async function runHeads(
  latents: readonly Float32Array[],
  offset: Float32Array,
  settings: VoiceSettings['head'],
  run: Run,
): Promise<Heads[]> {
  const heads: Heads[] = [];
  for (let at = 0; at < latents.length; at += MOST_ROWS)
    heads.push(...(await runRows(latents.slice(at, at + MOST_ROWS), offset, settings, run)));
  return heads;
}

async function runRows(
  latents: readonly Float32Array[],
  offset: Float32Array,
  { latentCount, inputs, outputs }: VoiceSettings['head'],
  run: Run,
): Promise<Heads[]> {
  const data = new Float32Array(latents.length * latentCount);
  latents.forEach((latent, row) => {
    if (latent.length !== latentCount)
      throw new AttuneError('model-incompatible', 'The parts of the voice model don’t fit each other.');
    data.set(latent, row * latentCount);
  });
  const found = await run({
    [inputs.latent]: floats(data, [latents.length, latentCount]),
    [inputs.offset]: floats(offset, [1, latentCount]),
  });
  const [alone, own] = [floatOutput(found, outputs.alone), floatOutput(found, outputs.own)];
  const strangeness = floatOutput(found, outputs.strangeness);
  return latents.map((_, row) => ({
    alone: output(alone, row, latents.length),
    own: output(own, row, latents.length),
    strangeness: strangeness[row]!,
  }));
}

/** A row is the logits, then valence and arousal. */
function output(data: Float32Array, row: number, rows: number): HeadOutput {
  const width = data.length / rows;
  const numbers = [...data.subarray(row * width, (row + 1) * width)];
  const [valence = 0, arousal = 0] = numbers.slice(-2);
  return { logits: numbers.slice(0, -2), valence, arousal };
}
