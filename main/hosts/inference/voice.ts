/** Voice: emotion of how something is said. */
import type { TaskHandlers } from '../serve.ts';
import type { GraphStore, RunGraph } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';

export interface VoiceGroup {
  handlers: Pick<TaskHandlers<InferenceTasks>, 'voice.embed' | 'voice.read'>;
  load: () => Promise<unknown>;
}

/** Inner tensors of the recogniser's encoder that the installed voice model reads. */
export function encoderLayersOf(_models: ModelSet): string[] {
  return [];
}

export function voiceGroup(
  models: ModelSet,
  _graphs: GraphStore,
  _encoder: () => Promise<RunGraph>,
): VoiceGroup {
  const load = once(() => Promise.resolve(models.of('voice-emotion')));
  return {
    load,
    handlers: {
      async 'voice.embed'() {
        await load();
        throw new Error('to come with the model');
      },
      async 'voice.read'() {
        await load();
        throw new Error('to come with the model');
      },
    },
  };
}
