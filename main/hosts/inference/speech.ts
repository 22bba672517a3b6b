/** Speech: voice activity over streams, and words. */
import { AttuneError } from '#contract/errors.ts';
import { emptyCache, stepFeeds } from '#models/speech/merged-decoder.ts';
import { CROSS_ATTENTION, MOONSHINE_TINY } from '#models/speech/moonshine-decoder.ts';
import { encoderFeeds, recognise } from '#models/speech/moonshine.ts';
import { floats } from '#models/tensor.ts';
import { SpeechStream } from '#models/speech/speech-stream.ts';
import { silentState, WINDOW_SAMPLES } from '#models/speech/voice-activity.ts';
import { SAMPLE_RATE_HZ } from '#models/sound-rate.ts';
import type { TaskHandlers } from '../serve.ts';
import { asRun } from './as-run.ts';
import { goldenSignal } from './golden.ts';
import type { GraphStore, RunGraph } from './graph-store.ts';
import type { ModelSet } from './model-set.ts';
import { once } from './once.ts';
import type { InferenceTasks } from './tasks.ts';

type SpeechHandlers = Pick<
  TaskHandlers<InferenceTasks>,
  'speech.open' | 'speech.push' | 'speech.close' | 'speech.recognise'
>;

export interface SpeechGroup {
  handlers: SpeechHandlers;
  /** The voice activity graph. */
  activity: () => Promise<RunGraph>;
  loadRecogniser: () => Promise<unknown>;
  /** The recogniser's encoder, with the inner layers that the voice model reads. */
  encoder: () => Promise<RunGraph>;
}

/** More open streams than any recording has channels; what lies beyond was abandoned. */
const MOST_STREAMS = 32;
const LONGEST_SAMPLES = 60 * SAMPLE_RATE_HZ;

interface OpenStream {
  speech: SpeechStream;
  /** Of the call that is being answered. */
  signal: AbortSignal;
}

/** @param innerLayers the encoder's inner tensors that the voice model reads */
export function speechGroup(
  models: ModelSet,
  graphs: GraphStore,
  innerLayers: readonly string[],
): SpeechGroup {
  const streams = new Map<string, OpenStream>();
  const activity = once(() => {
    const golden = {
      input: floats(goldenSignal(2 * WINDOW_SAMPLES), [2, WINDOW_SAMPLES]),
      ...silentState(),
    };
    return graphs.open({ model: models.of('voice-activity'), role: 'model', golden, cpuOnly: true });
  });
  const encoder = once(() => {
    const model = models.of('speech-recognition');
    const golden = encoderFeeds(goldenSignal(SAMPLE_RATE_HZ));
    return graphs.open({ model, role: 'encoder', golden, extraOutputs: innerLayers });
  });
  const decoder = once(() => {
    const { beginToken, heads, headSize } = MOONSHINE_TINY;
    const states = floats(goldenSignal(40 * heads * headSize), [1, 40, heads * headSize]);
    const golden = stepFeeds([beginToken], states, emptyCache(MOONSHINE_TINY), true);
    const model = models.of('speech-recognition');
    return graphs.open({ model, role: 'decoder', golden, branchOutputs: CROSS_ATTENTION });
  });

  /** Feeds an open stream; one that was cancelled half way is lost. */
  async function feed<R>(
    id: string,
    signal: AbortSignal,
    work: (speech: SpeechStream) => Promise<R>,
  ): Promise<R> {
    const stream = streams.get(id);
    if (stream === undefined)
      throw new AttuneError(
        'host-crashed',
        'The inference process was started again in the middle of this recording.',
        {
          kept: 'Nothing stored was changed. Start the work again; what was finished is reused.',
        },
      );
    stream.signal = signal;
    try {
      return await work(stream.speech);
    } catch (error) {
      streams.delete(id);
      throw error;
    }
  }

  return {
    activity,
    loadRecogniser: () => Promise.all([encoder(), decoder()]),
    encoder,
    handlers: {
      async 'speech.open'({ streamId, maxSegmentMs }, { signal }) {
        const graph = await activity();
        const stream: OpenStream = {
          signal,
          speech: new SpeechStream((feeds) => asRun(graph, stream.signal)(feeds), { maxSegmentMs }),
        };
        streams.set(streamId, stream);
        for (const oldest of streams.keys()) if (streams.size > MOST_STREAMS) streams.delete(oldest);
        return {};
      },
      async 'speech.push'({ streamId, samples }, { signal }) {
        return { segments: await feed(streamId, signal, (speech) => speech.push(samples)) };
      },
      async 'speech.close'({ streamId }, { signal }) {
        const segments = await feed(streamId, signal, (speech) => speech.close());
        streams.delete(streamId);
        return { segments };
      },
      async 'speech.recognise'({ samples, language }, { signal }) {
        const { languages } = models.of('speech-recognition').manifest;
        if (language !== 'auto' && !languages.includes(language))
          throw new AttuneError('model-missing', 'No recogniser for that language is installed.', {
            remedy: 'Give a transcript along with the recording.',
          });
        if (samples.length > LONGEST_SAMPLES)
          throw new AttuneError(
            'argument-invalid',
            'A stretch of speech to recognise is longer than a minute.',
          );
        const heard = await recognise(samples, {
          encoder: asRun(await encoder(), signal),
          decoder: asRun(await decoder(), signal),
        });
        return { ...heard, language: languages[0] ?? language };
      },
    },
  };
}
