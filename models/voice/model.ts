/** Voice to emotion: everything round the graphs. The inference host runs the encoder, the projector and the head. */
import type { QualityReason, Reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { Tensors } from '../tensor.ts';
import { inferBaseline, unknownSpeaker } from './baseline.ts';
import { prepareClip } from './clip.ts';
import type { PreparedClip } from './clip.ts';
import { voiceFeatures } from './embedding.ts';
import { PROSODY_NAMES } from './prosody.ts';
import { readUtterance } from './read.ts';
import type { HeadOutput } from './read.ts';
import { parseLatentClasses, parseVoiceSettings } from './settings.ts';

/** What is kept of one utterance's sound. */
export interface VoiceUtterance {
  /** The latent vector. */
  readonly embedding: Float32Array;
  readonly seconds: number;
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
}

/** Runs the graph of role 'head' on the given inputs. */
export type RunHead = (inputs: Tensors) => Promise<Tensors>;

export interface VoiceModel {
  /** Inner tensors that the encoder must give out (see withExtraOutputs). */
  readonly encoderLayers: readonly string[];
  /** 16 kHz mono samples of one utterance; each of its `encoderInputs` is one encoder run `[1, samples]`. */
  prepare(samples: Float32Array): PreparedClip;
  /** Inputs of the graph of role 'projector' from the clip's encoder runs. @throws AttuneError 'model-incompatible' */
  projectorInputs(clip: PreparedClip, encoderRuns: readonly Tensors[]): Tensors;
  /** The utterance from the projector's outputs. @throws AttuneError 'model-incompatible' */
  utterance(clip: PreparedClip, projected: Tensors): VoiceUtterance;
  /**
   * Readings of one speaker's utterances, in order. With `baseline` they are read against the speaker's own voice where
   * there is enough of it, and say so ('baseline-used' or 'baseline-too-little-speech').
   * @throws AttuneError 'model-incompatible'
   */
  read(utterances: readonly VoiceUtterance[], baseline: boolean, runHead: RunHead): Promise<Reading[]>;
}

/**
 * @param baselineData the parsed file of role 'baseline'
 * @throws AttuneError 'model-incompatible'
 */
export function createVoiceModel(manifest: ModelManifest, baselineData: unknown): VoiceModel {
  const settings = parseVoiceSettings(manifest.settings);
  const classes = parseLatentClasses(baselineData);
  const labels = manifest.labels ?? [];
  const latentCount = settings.head.latentCount;
  const fits =
    labels.length === settings.categoryOfFine.length &&
    labels.length === classes.means.length &&
    latentCount === classes.offsetVariance.length &&
    settings.prosodyNames.join() === PROSODY_NAMES.join();
  if (!fits) throw incompatible();

  return {
    encoderLayers: settings.encoderLayers,
    prepare: prepareClip,

    projectorInputs(clip, encoderRuns) {
      const layers = settings.encoderLayers.map((name) =>
        encoderRuns.map((run) => ({ data: floats(run, name), width: settings.layerWidth })),
      );
      const { featureCount, input } = settings.projector;
      const data = voiceFeatures(layers, clip.prosody, featureCount);
      return { [input]: { type: 'float32', data, dims: [1, featureCount] } };
    },

    utterance(clip, projected) {
      const embedding = floats(projected, settings.projector.output);
      const { seconds, quality, reasons } = clip.quality;
      return { embedding: embedding.slice(), seconds, quality, reasons };
    },

    async read(utterances, baseline, runHead) {
      if (utterances.length === 0) return [];
      const latents = utterances.map(({ embedding }) => embedding);
      const isEnough = enough(utterances);
      const usesBaseline = baseline && isEnough;
      const speaker = usesBaseline
        ? inferBaseline(
            latents,
            utterances.map(({ quality }) => quality),
            classes,
            settings.baseline,
          )
        : unknownSpeaker(classes);
      const heads = await runOn(latents, speaker.offset, runHead);
      const note: QualityReason[] = !baseline
        ? []
        : [usesBaseline ? 'baseline-used' : 'baseline-too-little-speech'];
      const mixing = usesBaseline ? settings.mixing.baseline : settings.mixing.alone;
      return utterances.map(({ embedding, quality, reasons }, i) => {
        const input = { latent: embedding, head: heads[i]!, quality, reasons: [...reasons, ...note] };
        return readUtterance(input, speaker, mixing, settings, labels, classes);
      });
    },
  };

  function enough(utterances: readonly VoiceUtterance[]): boolean {
    const usable = utterances.filter(({ quality }) => quality >= settings.fullTrustFrom);
    const seconds = usable.reduce((sum, each) => sum + each.seconds, 0);
    return usable.length >= settings.baseline.fewestUtterances && seconds >= settings.baseline.leastSeconds;
  }

  async function runOn(
    latents: readonly Float32Array[],
    offset: Float64Array,
    runHead: RunHead,
  ): Promise<HeadOutput[]> {
    const data = new Float32Array(latents.length * latentCount);
    latents.forEach((latent, row) => {
      if (latent.length !== latentCount) throw incompatible();
      for (let d = 0; d < latentCount; d++) data[row * latentCount + d] = latent[d]! - offset[d]!;
    });
    const outputs = await runHead({
      [settings.head.input]: { type: 'float32', data, dims: [latents.length, latentCount] },
    });
    const fine = floats(outputs, settings.head.fine);
    const affect = floats(outputs, settings.head.affect);
    return latents.map((_, row) => ({
      fineLogits: [...fine.subarray(row * labels.length, (row + 1) * labels.length)],
      valence: affect[2 * row]!,
      arousal: affect[2 * row + 1]!,
    }));
  }
}

function floats(tensors: Tensors, name: string): Float32Array {
  const tensor = tensors[name];
  if (tensor?.type === 'float32') return tensor.data;
  throw incompatible();
}

function incompatible(): AttuneError {
  return new AttuneError('model-incompatible', "The voice model doesn't fit this version of Attune.");
}
