/** The speech stage without a transcript: voice activity, words and voice embeddings in one streaming pass, audio never kept. */
import type { SpeechSegment } from '#main/hosts/inference/tasks.ts';
import { SAMPLE_RATE_HZ, type AudioChunk } from '#main/hosts/media/media.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { randomUUID } from 'node:crypto';
import { cacheKey } from './cache-key.ts';
import { readCached, writeCached } from './cached.ts';
import { channelsAreSpeakers, mixDown } from './channels.ts';
import type { AnalysisParts, AnalysisRequest, Heard, HeardUtterance } from './types.ts';
import { WaveformBuilder } from './waveform.ts';

/** Moonshine was trained on short clips; longer ones cost memory and words. */
const MAX_SEGMENT_MS = 15_000;
const CHUNK_MS = 2000;
const CHECKPOINT_EVERY_MS = 20_000;

const RECOGNISED_LANGUAGES = new Set(['auto', 'en']);
export const canRecognise = (language: string): boolean => RECOGNISED_LANGUAGES.has(language);

/** What was heard so far, so that a resumed run need not hear it again; segments are found again at the same places. */
class Checkpoint {
  private readonly known = new Map<string, HeardUtterance>();
  private savedAt = Date.now();
  private readonly parts: AnalysisParts;
  private readonly key: string;

  private constructor(parts: AnalysisParts, key: string, utterances: HeardUtterance[]) {
    this.parts = parts;
    this.key = key;
    for (const u of utterances) this.known.set(Checkpoint.id(u.channel, u.startMs, u.endMs), u);
  }

  static id = (channel: number, startMs: number, endMs: number): string => `${channel}:${startMs}:${endMs}`;

  static async open(parts: AnalysisParts, key: string): Promise<Checkpoint> {
    return new Checkpoint(parts, key, (await readCached<HeardUtterance[]>(parts.cache, key)) ?? []);
  }

  find(channel: number, segment: SpeechSegment): HeardUtterance | undefined {
    return this.known.get(Checkpoint.id(channel, segment.startMs, segment.endMs));
  }

  async add(utterance: HeardUtterance): Promise<void> {
    this.known.set(Checkpoint.id(utterance.channel, utterance.startMs, utterance.endMs), utterance);
    if (Date.now() - this.savedAt > CHECKPOINT_EVERY_MS) await this.save();
  }

  async save(): Promise<void> {
    this.savedAt = Date.now();
    await writeCached(this.parts.cache, this.key, [...this.known.values()]);
  }
}

export async function hear(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Heard> {
  const { input, info, settings, source } = request;
  const { inference, media, cache } = parts;
  const { signal } = context;
  const report = context.stage('speech');
  const models = parts.models.fingerprint('voice-activity', 'speech-recognition', 'voice-emotion');
  const inputs = [source.sha256, models, settings.language];
  const key = cacheKey('speech', inputs);
  const known = await readCached<Heard>(cache, key);
  if (known) {
    report.reused();
    return known;
  }

  const separate =
    info.audio?.channels === 2 && (await channelsAreSpeakers(media.audio(input, info, { signal })));
  const checkpoint = await Checkpoint.open(parts, cacheKey('speech-partial', inputs));
  const waveform = new WaveformBuilder();
  const utterances: HeardUtterance[] = [];
  let damaged = false;

  const listen = async (channel: number, segment: SpeechSegment): Promise<void> => {
    const before = checkpoint.find(channel, segment);
    if (before) {
      utterances.push(before);
      return;
    }
    const { samples, startMs, endMs } = segment;
    const heard = canRecognise(settings.language)
      ? await inference.call('speech.recognise', { samples, language: 'en' }, { signal })
      : null;
    const voice = await inference.call('voice.embed', { samples }, { signal });
    const utterance: HeardUtterance = {
      channel,
      startMs,
      endMs: Math.min(endMs, Math.max(info.durationMs, startMs + 1)),
      text: heard?.text ?? '',
      confidence: heard?.confidence ?? null,
      voice,
    };
    utterances.push(utterance);
    await checkpoint.add({ ...utterance, endMs });
  };

  const streams: string[] = [];
  const push = async (chunk: AudioChunk): Promise<void> => {
    waveform.push(chunk);
    const heardChannels = separate ? chunk.channels : [mixDown(chunk.channels)];
    for (const [channel, samples] of heardChannels.entries()) {
      if (!streams[channel]) {
        streams[channel] = randomUUID();
        await inference.call(
          'speech.open',
          { streamId: streams[channel], maxSegmentMs: MAX_SEGMENT_MS },
          { signal },
        );
      }
      const { segments } = await inference.call(
        'speech.push',
        { streamId: streams[channel], samples },
        { signal },
      );
      for (const segment of segments) await listen(channel, segment);
    }
  };

  try {
    for await (const chunk of media.audio(input, info, {
      signal,
      chunkMs: CHUNK_MS,
      onDamage: () => (damaged = true),
    })) {
      await push(chunk);
      const atMs = (chunk.startSample / SAMPLE_RATE_HZ) * 1000;
      report.progress(Math.min(1, atMs / Math.max(1, info.durationMs)));
    }
    for (const [channel, streamId] of streams.entries()) {
      const { segments } = await inference.call('speech.close', { streamId }, { signal });
      for (const segment of segments) await listen(channel, segment);
    }
  } catch (error) {
    await checkpoint.save();
    throw error;
  }

  utterances.sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
  const heard: Heard = { utterances, waveform: waveform.finish(), separate, damaged };
  await writeCached(cache, key, heard);
  report.done();
  return heard;
}
