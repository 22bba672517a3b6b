/** Voice: emotion of how something is said, read from inner layers of the recogniser's encoder. */
import { splitBands } from '#models/explanation/voice/bands.ts';
import { changed } from '#models/explanation/voice/change.ts';
import type { PreparedClip } from '#models/voice/clip.ts';
import { createVoiceModel } from '#models/voice/model.ts';
import type { VoiceUtterance } from '#models/voice/model.ts';
import { parseVoiceSettings, voiceSettings } from '#models/voice/settings.ts';
import { judgedBySpeech, speechSeconds } from '#models/voice/speech-heard.ts';
import { floats, type Tensors } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import { asRun } from './as-run.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks, VoiceEmbedding } from './tasks.ts';
import type { SpeechGroup } from './speech.ts';
import { readVerifiedJson } from './verified-file.ts';

/** About a second of speech. */
const GOLDEN_FRAMES = 40;

export interface VoiceGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'voice.embed' | 'voice.embedChanged' | 'voice.read'>;
  load: () => Promise<unknown>;
}

/** Inner tensors of the recogniser's encoder that the installed voice model reads; none where there is no usable one. */
export function encoderLayersOf(models: ModelSet): string[] {
  const model = models.all.find(({ manifest }) => manifest.task === 'voice-emotion');
  // One that doesn't fit says so when it is loaded; words can be recognised all the same.
  return voiceSettings.safeParse(model?.manifest.settings).data?.encoderLayers ?? [];
}

export function voiceGroup(
  models: ModelSet,
  graphs: GraphStore,
  speech: Pick<SpeechGroup, 'encoder' | 'activity'>,
): VoiceGroup {
  const load = once(async () => {
    const model = models.of('voice-emotion');
    const voice = createVoiceModel(model.manifest, await readVerifiedJson(model, 'baseline'));
    const { projector, sequence, head, layerWidth } = parseVoiceSettings(model.manifest.settings);
    const row = (name: string, ...dims: number[]): Tensors => {
      const data = goldenSignal(dims.reduce((product, size) => product * size));
      return { [name]: floats(data, [1, ...dims]) };
    };
    return {
      voice,
      encode: await speech.encoder(),
      activity: await speech.activity(),
      project: await graphs.open({
        model,
        role: 'projector',
        golden: row(projector.input, projector.featureCount),
      }),
      readCourse: await graphs.open({
        model,
        role: 'sequence',
        golden: row(sequence.input, GOLDEN_FRAMES, layerWidth),
      }),
      runHead: await graphs.open({
        model,
        role: 'head',
        golden: {
          ...row(head.inputs.latent, head.latentCount),
          ...row(head.inputs.offset, head.latentCount),
        },
      }),
    };
  });

  const embed = async (
    samples: Float32Array,
    signal: AbortSignal,
  ): Promise<{ clip: PreparedClip; utterance: VoiceUtterance }> => {
    const { voice, encode, project, readCourse } = await load();
    const clip = voice.prepare(samples);
    const runs: Tensors[] = [];
    for (const data of clip.encoderInputs) {
      runs.push(await encode({ input_values: floats(data, [1, data.length]) }, signal));
    }
    const projected = await project(voice.projectorInputs(clip, runs), signal);
    const courses: Tensors[] = [];
    for (const run of runs) courses.push(await readCourse(voice.sequenceInputs(run), signal));
    return { clip, utterance: voice.utterance(clip, projected, courses) };
  };

  return {
    load,
    handlers: {
      async 'voice.embed'({ samples }, { signal }) {
        const { clip, utterance } = await embed(samples, signal);
        const { activity } = await load();
        return embedding(judgedBySpeech(utterance, await speechSeconds(clip, asRun(activity, signal))));
      },
      async 'voice.embedChanged'({ samples, changes }, { signal }) {
        let bands: Float32Array[] | undefined;
        const utterances: VoiceEmbedding[] = [];
        for (const change of changes) {
          const heard = changed(samples, () => (bands ??= splitBands(samples)), change);
          utterances.push(embedding((await embed(heard, signal)).utterance));
        }
        return { utterances };
      },
      async 'voice.read'({ utterances, baseline }, { signal }) {
        const { voice, runHead } = await load();
        return {
          readings: await voice.read(utterances, baseline, (inputs) => runHead(inputs, signal)),
        };
      },
    },
  };
}

const embedding = (utterance: VoiceUtterance): VoiceEmbedding => ({
  ...utterance,
  reasons: [...utterance.reasons],
});
