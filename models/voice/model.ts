/** Voice to emotion: everything round the graphs. The inference host runs the encoder, the projector and the head. */
import { CATEGORIES } from '#contract/emotion/categories.ts';
import type { QualityReason, Reading } from '#contract/emotion/evidence.ts';
import { AttuneError } from '#contract/errors.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { floatOutput, floats, type Run, type Tensors } from '../tensor.ts';
import { inferOffset } from './baseline.ts';
import { prepareClip } from './clip.ts';
import type { PreparedClip } from './clip.ts';
import { voiceFeatures } from './embedding.ts';
import { familiarity } from './familiarity.ts';
import { runHeads } from './heads.ts';
import type { Heads } from './heads.ts';
import { PROSODY_NAMES } from './prosody.ts';
import { readUtterance } from './read.ts';
import { parseVoiceSettings, parseVoiceStatistics } from './settings.ts';
import { softmax } from '../softmax.ts';

const NEUTRAL = CATEGORIES.indexOf('neutral');

/** What is kept of one utterance's sound. */
export interface VoiceUtterance {
  /** The latent vector: principal directions of the features, then the logits of the course over time. */
  readonly embedding: Float32Array;
  readonly seconds: number;
  readonly quality: number;
  readonly reasons: readonly QualityReason[];
}

/** An utterance, and what else is known of it. */
export interface ToldUtterance extends VoiceUtterance {
  /**
   * How likely what else is known of it, a person's mark for one, is under each of CATEGORIES, up to a factor. It helps to find the speaker's usual
   * voice and is no part of the utterance's own reading.
   */
  readonly likelihood?: readonly number[];
}

export interface VoiceModel {
  /** Inner tensors that the encoder must give out (see withExtraOutputs). */
  readonly encoderLayers: readonly string[];
  /** 16 kHz mono samples of one utterance; each of its `encoderInputs` is one encoder run `[1, samples]`. */
  prepare(samples: Float32Array): PreparedClip;
  /** Inputs of the graph of role 'projector' from the clip's encoder runs. @throws AttuneError 'model-incompatible' */
  projectorInputs(clip: PreparedClip, encoderRuns: readonly Tensors[]): Tensors;
  /** Inputs of the graph of role 'sequence', from one encoder run. @throws AttuneError 'model-incompatible' */
  sequenceInputs(encoderRun: Tensors): Tensors;
  /** The utterance from the projector's outputs and, for each encoder run, the sequence graph's. @throws AttuneError 'model-incompatible' */
  utterance(clip: PreparedClip, projected: Tensors, courses: readonly Tensors[]): VoiceUtterance;
  /**
   * Readings of one speaker's utterances, in order. With `baseline` they are read against the speaker's own voice where
   * there is enough of it, and say so ('baseline-used' or 'baseline-too-little-speech').
   * @throws AttuneError 'model-incompatible'
   */
  read(utterances: readonly ToldUtterance[], baseline: boolean, runHead: Run): Promise<Reading[]>;
}

/**
 * @param baselineData the parsed file of role 'baseline'
 * @throws AttuneError 'model-incompatible'
 */
export function createVoiceModel(manifest: ModelManifest, baselineData: unknown): VoiceModel {
  const settings = parseVoiceSettings(manifest.settings);
  const statistics = parseVoiceStatistics(baselineData);
  const labels = manifest.labels ?? [];
  const latentCount = settings.head.latentCount;
  const fits =
    labels.length === settings.categoryOfFine.length &&
    labels.length === statistics.means.length &&
    [...statistics.means, statistics.offset, statistics.habit, statistics.noise].every(
      (numbers) => numbers.length === latentCount,
    ) &&
    settings.categoryOfFine.includes(NEUTRAL) &&
    settings.prosodyNames.join() === PROSODY_NAMES.join();
  if (!fits)
    throw new AttuneError('model-incompatible', 'The parts of the voice model don’t fit each other.');

  return {
    encoderLayers: settings.encoderLayers,
    prepare: prepareClip,

    projectorInputs(clip, encoderRuns) {
      const layers = settings.encoderLayers.map((name) =>
        encoderRuns.map((run) => ({ data: floatOutput(run, name), width: settings.layerWidth })),
      );
      const { featureCount, input } = settings.projector;
      const data = voiceFeatures(layers, clip.prosody, featureCount);
      return { [input]: floats(data, [1, featureCount]) };
    },

    sequenceInputs(encoderRun) {
      const { layer, input } = settings.sequence;
      const data = floatOutput(encoderRun, layer);
      const dims = [1, data.length / settings.layerWidth, settings.layerWidth];
      return { [input]: floats(data, dims) };
    },

    utterance(clip, projected, courses) {
      const directions = floatOutput(projected, settings.projector.output);
      const logits = meanOf(courses.map((course) => floatOutput(course, settings.sequence.output)));
      const { seconds, quality, reasons } = clip.quality;
      return { embedding: Float32Array.of(...directions, ...logits), seconds, quality, reasons };
    },

    async read(utterances, baseline, runHead) {
      if (utterances.length === 0) return [];
      const usesBaseline = baseline && enough(utterances);
      const heads = await (usesBaseline ? headsAgainstOwn : headsAlone)(utterances, runHead);
      const note: QualityReason[] = !baseline
        ? []
        : [usesBaseline ? 'baseline-used' : 'baseline-too-little-speech'];
      const mixing = usesBaseline ? settings.mixing.baseline : settings.mixing.alone;
      const together = familiarity(
        heads.map(({ strangeness }) => strangeness),
        utterances.map(({ quality }) => quality),
        settings.familiarity.baseline,
      );
      return utterances.map(({ quality, reasons }, i) => {
        const known = usesBaseline
          ? together
          : familiarity([heads[i]!.strangeness], [1], settings.familiarity.alone);
        const input = { heads: heads[i]!, familiarity: known, quality, reasons: [...reasons, ...note] };
        return readUtterance(input, mixing, settings, labels);
      });
    },
  };

  function enough(utterances: readonly VoiceUtterance[]): boolean {
    const usable = utterances.filter(({ quality }) => quality >= settings.fullTrustFrom);
    const seconds = usable.reduce((sum, each) => sum + each.seconds, 0);
    return usable.length >= settings.baseline.fewestUtterances && seconds >= settings.baseline.leastSeconds;
  }

  function headsAlone(utterances: readonly VoiceUtterance[], runHead: Run): Promise<Heads[]> {
    const latents = utterances.map(({ embedding }) => embedding);
    return runHeads(latents, new Float32Array(latentCount), settings.head, runHead);
  }

  /** By turns: how the utterances divide among the classes, by their sound and what else is known of them, and the offset that follows from it. */
  async function headsAgainstOwn(utterances: readonly ToldUtterance[], runHead: Run): Promise<Heads[]> {
    const told = utterances.map(({ likelihood }) =>
      settings.categoryOfFine.map((category) => Math.log(likelihood?.[category] ?? 1)),
    );
    const latents = utterances.map(({ embedding }) => embedding);
    const weights = utterances.map(({ quality }) => quality);
    let heads = await headsAlone(utterances, runHead);
    for (let round = 0; round < settings.baseline.rounds; round++) {
      const shares = heads.map(({ alone, own }, i) => {
        const second = round === 0 ? alone : own;
        return softmax(alone.logits.map((logit, c) => logit + second.logits[c]! + told[i]![c]!));
      });
      const offset = inferOffset(latents, shares, weights, statistics);
      heads = await runHeads(latents, offset, settings.head, runHead);
    }
    return heads;
  }
}

/** Element by element; a clip's encoder runs are of equal length. */
function meanOf(rows: readonly Float32Array[]): Float32Array {
  const total = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((value, k) => (total[k]! += value / rows.length));
  return total;
}
