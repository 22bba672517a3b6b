/** Speech in other languages: Whisper models that the person brought, each opened at its first use. */
import { AttuneError } from '#contract/errors.ts';
import { modelTag } from '#contract/models/manifest.ts';
import { importedModel, importedModels } from '#main/platform/imported-models.ts';
import type { InstalledModel } from '#main/platform/weights.ts';
import { emptyCache, nextCache, stepFeeds } from '#models/speech/merged-decoder.ts';
import { floats, outputOf } from '#models/tensor.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import { parseWhisperSettings } from '#models/speech/whisper/settings.ts';
import type { WhisperSettings } from '#models/speech/whisper/settings.ts';
import { whisperText } from '#models/speech/whisper/text.ts';
import type { WhisperText } from '#models/speech/whisper/text.ts';
import { encoderFeeds, languageOf, recogniseClips } from '#models/speech/whisper/whisper.ts';
import type { Whisper } from '#models/speech/whisper/whisper.ts';
import type { TaskHandlers } from '../serve.ts';
import { asRun } from './as-run.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore, RunGraph } from './graph-store.ts';
import { once } from './once.ts';
import { useOf } from './status.ts';
import type { InferenceTasks } from './tasks.ts';
import { readVerifiedJson } from './verified-file.ts';

export interface WhisperGroup {
  handlers: Pick<
    TaskHandlers<InferenceTasks>,
    'whisper.try' | 'whisper.open' | 'whisper.language' | 'whisper.recognise'
  >;
}

interface LoadedWhisper {
  model: InstalledModel;
  settings: WhisperSettings;
  text: WhisperText;
  encoder: RunGraph;
  decoder: RunGraph;
}

const LONGEST_SAMPLES = 30 * SAMPLE_RATE_HZ;
/** The encoder gives a state every 20 ms of its 30 s. */
const STATES = 1500;

/** @param folder with the models that the person brought; null: none */
export function whisperGroup(folder: string | null, graphs: GraphStore): WhisperGroup {
  const loaders = new Map<string, { model: InstalledModel; load: () => Promise<LoadedWhisper> }>();

  /** Looked for on the disk each time: it may have been brought in, or removed, since. */
  async function loaded(id: string): Promise<LoadedWhisper> {
    const all = folder === null ? [] : await importedModels(folder);
    await releaseRemoved(all);
    const model = all.find(
      ({ manifest }) => manifest.id === id && manifest.task === 'speech-recognition-multilingual',
    );
    if (model === undefined)
      throw new AttuneError('model-missing', 'That Whisper model is not here any more.', {
        remedy: 'Bring it in again under Models and system, or choose another recogniser.',
      });
    const tag = modelTag(model.manifest);
    let loader = loaders.get(tag);
    if (loader === undefined) loaders.set(tag, (loader = { model, load: once(() => open(model, graphs)) }));
    return loader.load();
  }
  /** Half a gigabyte and more each. */
  async function releaseRemoved(still: readonly InstalledModel[]): Promise<void> {
    const tags = new Set(still.map(({ manifest }) => modelTag(manifest)));
    for (const [tag, { model }] of loaders)
      if (!tags.has(tag)) {
        loaders.delete(tag);
        await graphs.release(model.manifest);
      }
  }
  async function whisper(id: string, signal: AbortSignal): Promise<Whisper> {
    const { settings, text, encoder, decoder } = await loaded(id);
    return { settings, text, encoder: asRun(encoder, signal), decoder: asRun(decoder, signal) };
  }

  return {
    handlers: {
      async 'whisper.try'({ folder: tried }, { signal }) {
        const model = await importedModel(tried);
        if (model === null) throw new AttuneError('model-missing', 'There is no model in that folder.');
        try {
          return { wordTimes: await triedOut(await open(model, graphs), signal) };
        } finally {
          // It may be refused, and nobody has asked to hear anything with it yet.
          loaders.delete(modelTag(model.manifest));
          await graphs.release(model.manifest);
        }
      },
      async 'whisper.open'({ model: id }) {
        return { use: useOf((await loaded(id)).model.manifest, graphs) };
      },
      async 'whisper.language'({ model, samples }, { signal }) {
        return languageOf(samples, await whisper(model, signal));
      },
      async 'whisper.recognise'({ model, clips, language }, { signal }) {
        if (clips.some(({ length }) => length > LONGEST_SAMPLES))
          throw new AttuneError(
            'argument-invalid',
            'A stretch of speech to recognise is longer than half a minute.',
          );
        const recognised = await recogniseClips(clips, language, await whisper(model, signal));
        return { recognised: recognised.map((heard) => ({ ...heard, language })) };
      },
    },
  };
}

async function open(model: InstalledModel, graphs: GraphStore): Promise<LoadedWhisper> {
  const settings = parseWhisperSettings(model.manifest.settings);
  const text = whisperText((await readVerifiedJson(model, 'tokenizer')) as object);
  const sound = encoderFeeds(goldenSignal(SAMPLE_RATE_HZ), settings.melBands);
  const encoder = await graphs.open({ model, role: 'encoder', golden: sound });
  const width = settings.heads * settings.headSize;
  const states = floats(goldenSignal(STATES * width), [1, STATES, width]);
  const golden = stepFeeds([settings.tokens.start], states, emptyCache(settings), true);
  return { model, settings, text, encoder, decoder: await graphs.open({ model, role: 'decoder', golden }) };
}

/** Two steps, as the second goes by another branch of the decoder; whether its words get times. */
async function triedOut(
  { settings, encoder, decoder }: LoadedWhisper,
  signal: AbortSignal,
): Promise<boolean> {
  const sound = encoderFeeds(goldenSignal(SAMPLE_RATE_HZ), settings.melBands);
  const states = outputOf(await asRun(encoder, signal)(sound), 'last_hidden_state');
  const run = asRun(decoder, signal);
  const tokens = [settings.tokens.start];
  const first = await run(stepFeeds(tokens, states, emptyCache(settings), true));
  const cache = nextCache(settings, emptyCache(settings), first, true);
  const second = await run(stepFeeds(tokens, states, cache, false));
  nextCache(settings, cache, second, false);
  const { alignmentHeads } = settings;
  return (
    alignmentHeads.length > 0 && alignmentHeads.every(([layer]) => `cross_attentions.${layer}` in second)
  );
}
