/** Puts the task groups together. */
import type { ModelTask } from '#contract/models/manifest.ts';
import type { ModelStatus } from '#contract/system/models.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { installedModels } from '#main/platform/weights.ts';
import { byTask } from '#models/catalogue/catalogue.ts';
import type { ServedHost } from '../serve.ts';
import type { InferenceConfig } from './config.ts';
import { faceGroup } from './face.ts';
import { GraphStore } from './graph-store.ts';
import { ModelSet } from './model-set.ts';
import { overlapGroup } from './overlap.ts';
import { speakersGroup } from './speakers.ts';
import { speechGroup } from './speech.ts';
import { statusOf, useOf } from './status.ts';
import type { InferenceTasks } from './tasks.ts';
import { textGroup } from './text.ts';
import { whisperGroup } from './whisper.ts';
import { encoderLayersOf, voiceGroup } from './voice.ts';

/** @throws AttuneError when a model's manifest can't be read */
export async function inferenceHost(config: InferenceConfig): Promise<ServedHost<InferenceTasks>> {
  const models = new ModelSet(await installedModels(config.place));
  const graphs = new GraphStore(config);
  const speech = speechGroup(models, graphs, encoderLayersOf(models));
  const voice = voiceGroup(models, graphs, speech);
  const speakers = speakersGroup(models, graphs);
  const overlap = overlapGroup(models, graphs);
  const whisper = whisperGroup(config.imported ?? null, graphs);
  const text = textGroup(models, graphs);
  const face = faceGroup(models, graphs);

  const load: Partial<Record<ModelTask, () => Promise<unknown>>> = {
    'voice-activity': speech.activity,
    'speech-recognition': speech.loadRecogniser,
    'speaker-embedding': speakers.load,
    'overlapping-speech': overlap.load,
    'voice-emotion': voice.load,
    'text-emotion': text.load,
    'face-detection': face.loadDetector,
    'face-emotion': face.loadEmotion,
  };
  return {
    oneAtATime: true,
    handlers: {
      ...speech.handlers,
      ...whisper.handlers,
      ...speakers.handlers,
      ...overlap.handlers,
      ...voice.handlers,
      ...text.handlers,
      ...face.handlers,
      async 'models.status'(_, { signal }) {
        const imported = config.imported === undefined ? [] : await importedModels(config.imported);
        const all = [...models.all, ...imported].sort((a, b) => byTask(a.manifest, b.manifest));
        const statuses: ModelStatus[] = [];
        // One after the other: a disk reads no faster for being asked for everything at once.
        for (const model of all) {
          signal.throwIfAborted();
          statuses.push(await statusOf(model, graphs));
        }
        return { models: statuses };
      },
      async 'models.load'({ tasks }, { signal }) {
        for (const task of tasks) {
          signal.throwIfAborted();
          await load[task]?.();
        }
        const used = tasks.flatMap((task) => [models.of(task), ...models.every(task).slice(1)]);
        return { models: used.map(({ manifest }) => useOf(manifest, graphs)) };
      },
    },
  };
}
