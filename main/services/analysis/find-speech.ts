/** First pass over the sound: where somebody speaks, and in which voice; audio is never kept. */
import { randomUUID } from 'node:crypto';
import type { Waveform } from '#contract/analysis/result.ts';
import type { Span } from '#contract/units.ts';
import type { SpeechSegment } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import type { Overlap } from '#models/speakers/overlap.ts';
import { parseSpeakerSettings } from '#models/speakers/settings.ts';
import { speechRegions } from '#models/speakers/speech-regions.ts';
import type { VoiceWindow } from '#models/speakers/voices.ts';
import { windowsOver } from '#models/speakers/windows.ts';
import { cacheKey } from './cache-key.ts';
import { cached } from './cached.ts';
import { channelsAreSpeakers, mixDown } from './channels.ts';
import { LevelMeter } from './level-meter.ts';
import { progressAt } from './progress-at.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';
import { WaveformBuilder } from './waveform.ts';

/** Moonshine was trained on short clips; longer ones cost memory and words. */
const MAX_SEGMENT_MS = 15_000;
const CHUNK_MS = 2000;

export interface ChannelSpeech {
  /** Stretches to be heard as one, with a little silence around. */
  segments: Span[];
  /** Where exactly somebody speaks. */
  regions: Span[];
  /** Voices over the regions; none where each channel is a speaker anyway. */
  windows: VoiceWindow[];
  /** Where several people speak at once; none where each channel is a speaker. */
  overlaps: Overlap[];
  /** In dB, one each FRAME_MS. */
  levels: Float32Array;
}

export interface FoundSpeech {
  channels: ChannelSpeech[];
  /** Each channel is a speaker of its own. */
  separate: boolean;
  waveform: Waveform;
  /** The sound ended in damage before its stated length. */
  damaged: boolean;
}

export function findSpeech(
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<FoundSpeech> {
  const { input, info, source } = request;
  const { inference, media, models, cache } = parts;
  const { signal } = context;
  const report = context.stage('speakers');
  const settings = parseSpeakerSettings(models.of('speaker-embedding').settings);
  const fingerprint = models.fingerprint('voice-activity', 'speaker-embedding', 'overlapping-speech');

  return cached(cache, cacheKey('speakers', [source.sha256, fingerprint]), report, async () => {
    const separate =
      info.audio?.channels === 2 && (await channelsAreSpeakers(media.audio(input, info, { signal })));
    const listeners: Listener[] = [];
    const waveform = new WaveformBuilder();
    let damaged = false;
    const audio = media.audio(input, info, { signal, chunkMs: CHUNK_MS, onDamage: () => (damaged = true) });
    for await (const chunk of audio) {
      waveform.push(chunk);
      const heard = separate ? chunk.channels : [mixDown(chunk.channels)];
      for (const [channel, samples] of heard.entries())
        await (listeners[channel] ??= new Listener(settings, !separate, inference, signal)).push(samples);
      report.progress(progressAt(chunk, info.durationMs));
    }
    const channels: ChannelSpeech[] = [];
    for (const listener of listeners) channels.push(await listener.finish());
    return { channels, separate, waveform: waveform.finish(), damaged };
  });
}

/** One channel's stream through voice activity and the speaker encoder. */
class Listener {
  private readonly streamId = randomUUID();
  private readonly meter = new LevelMeter();
  private readonly found: Omit<ChannelSpeech, 'levels'> = {
    segments: [],
    regions: [],
    windows: [],
    overlaps: [],
  };
  private readonly settings: ReturnType<typeof parseSpeakerSettings>;
  private readonly tellsApart: boolean;
  private readonly inference: AnalysisParts['inference'];
  private readonly signal: AbortSignal;
  private opened: Promise<unknown> | null = null;

  constructor(
    settings: ReturnType<typeof parseSpeakerSettings>,
    tellsApart: boolean,
    inference: AnalysisParts['inference'],
    signal: AbortSignal,
  ) {
    this.settings = settings;
    this.tellsApart = tellsApart;
    this.inference = inference;
    this.signal = signal;
  }

  async push(samples: Float32Array): Promise<void> {
    const { streamId, signal } = this;
    const open = { streamId, maxSegmentMs: MAX_SEGMENT_MS };
    await (this.opened ??= this.inference.call('speech.open', open, { signal }));
    this.meter.push(samples);
    const { segments } = await this.inference.call('speech.push', { streamId, samples }, { signal });
    for (const segment of segments) await this.add(segment);
  }

  async finish(): Promise<ChannelSpeech> {
    const { streamId, signal } = this;
    const { segments } = await this.inference.call('speech.close', { streamId }, { signal });
    for (const segment of segments) await this.add(segment);
    return { ...this.found, levels: this.meter.finish() };
  }

  private async add({ startMs, endMs, activity, samples }: SpeechSegment): Promise<void> {
    const { segments, regions, windows, overlaps } = this.found;
    const { signal } = this;
    segments.push({ startMs, endMs });
    if (this.tellsApart) {
      const heard = await this.inference.call('speakers.overlaps', { samples }, { signal });
      const within = (ms: number): number => Math.min(startMs + ms, endMs);
      for (const { confidence, ...span } of heard.overlaps)
        overlaps.push({ startMs: within(span.startMs), endMs: within(span.endMs), confidence });
    }
    for (const region of speechRegions(activity, startMs, this.settings.regions)) {
      regions.push(region);
      if (!this.tellsApart) continue;
      const places = windowsOver(region, this.settings);
      const spans = places.map((span) => ({ startMs: span.startMs - startMs, endMs: span.endMs - startMs }));
      const { voices } = await this.inference.call('speakers.embed', { samples, spans }, { signal });
      const ownMs = (region.endMs - region.startMs) / places.length;
      places.forEach((span, i) =>
        windows.push({ ...span, region: regions.length - 1, embedding: voices[i]!, ownMs }),
      );
    }
  }
}
