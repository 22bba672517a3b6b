/** Voice: emotion of how something is said, read from inner layers of the recogniser's encoder. */
import { splitBands } from '#models/explanation/voice/bands.ts';
import { changed } from '#models/explanation/voice/change.ts';
import { createVoiceModel } from '#models/voice/model.ts';
import { parseVoiceSettings, voiceSettings } from '#models/voice/settings.ts';
import type { Tensors } from '#models/tensor.ts';
import type { TaskHandlers } from '../serve.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore, RunGraph } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks, VoiceEmbedding } from './tasks.ts';
import { readVerifiedJson } from './verified-file.ts';

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
  encoder: () => Promise<RunGraph>,
): VoiceGroup {
  const load = once(async () => {
    const model = models.of('voice-emotion');
    const voice = createVoiceModel(model.manifest, await readVerifiedJson(model, 'baseline'));
    const { projector, head } = parseVoiceSettings(model.manifest.settings);
    const row = (name: string, width: number): Tensors => ({
      [name]: { type: 'float32', data: goldenSignal(width), dims: [1, width] },
    });
    return {
      voice,
      encode: await encoder(),
      project: await graphs.open({
        model,
        role: 'projector',
        golden: row(projector.input, projector.featureCount),
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

  const embed = async (samples: Float32Array, signal: AbortSignal): Promise<VoiceEmbedding> => {
    const { voice, encode, project } = await load();
    const clip = voice.prepare(samples);
    const runs: Tensors[] = [];
    for (const data of clip.encoderInputs) {
      const feeds = { input_values: { type: 'float32', data, dims: [1, data.length] } };
      runs.push(await tensors(encode(feeds, signal)));
    }
    const projected = await tensors(project(voice.projectorInputs(clip, runs), signal));
    const { reasons, ...utterance } = voice.utterance(clip, projected);
    return { ...utterance, reasons: [...reasons] };
  };

  return {
    load,
    handlers: {
      async 'voice.embed'({ samples }, { signal }) {
        return embed(samples, signal);
      },
      async 'voice.embedChanged'({ samples, changes }, { signal }) {
        let bands: Float32Array[] | undefined;
        const utterances: VoiceEmbedding[] = [];
        for (const change of changes)
          utterances.push(
            await embed(
              changed(samples, () => (bands ??= splitBands(samples)), change),
              signal,
            ),
          );
        return { utterances };
      },
      async 'voice.read'({ utterances, baseline }, { signal }) {
        const { voice, runHead } = await load();
        return {
          readings: await voice.read(utterances, baseline, (inputs) => tensors(runHead(inputs, signal))),
        };
      },
    },
  };
}

/** The same tensors, by the name that models/ knows them by. */
const tensors = async (outputs: ReturnType<RunGraph>): Promise<Tensors> =>
  (await outputs) as unknown as Tensors;
