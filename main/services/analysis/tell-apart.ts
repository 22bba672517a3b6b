/** Who speaks in each stretch of speech: a channel a speaker, or a voice a speaker. */
import type { Notice } from '#contract/analysis/result.ts';
import type { VoiceTurns } from '#contract/transcript/edit/tell-apart.ts';
import type { Speaker, Transcript } from '#contract/transcript/utterance.ts';
import type { Span } from '#contract/units.ts';
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { leaksFrom } from '#models/speakers/cross-talk.ts';
import type { Diarisation } from '#models/speakers/diarise.ts';
import type { Overlap } from '#models/speakers/overlap.ts';
import type { SpeakerSettings } from '#models/speakers/settings.ts';
import { cutAtTurns } from '#models/speakers/utterances.ts';
import type { ChannelSpeech, FoundSpeech } from './find-speech.ts';
import type { AnalysisParts } from './types.ts';

export interface SpokenSpan extends Span {
  channel: number;
  speakerId: string;
}

export interface ToldApart {
  speakersFrom: Transcript['speakersFrom'];
  speakers: Speaker[];
  /** In order of time. */
  spans: SpokenSpan[];
  /** Where several speak at once, in one channel. */
  overlaps: Overlap[];
  notices: Notice[];
}

const SIDES: Speaker[] = [
  { id: 's1', label: 'Left channel', channel: 0 },
  { id: 's2', label: 'Right channel', channel: 1 },
];
const ONE: Speaker[] = [{ id: 's1', label: 'Speaker', channel: null }];

export async function tellApart(
  { channels, separate }: FoundSpeech,
  people: AnalysisSettings['speakers'],
  { unsureAbove }: Pick<SpeakerSettings, 'unsureAbove'>,
  inference: AnalysisParts['inference'],
  signal: AbortSignal,
): Promise<ToldApart> {
  if (separate) return byChannel(channels);
  const [only] = channels;
  if (!only || only.segments.length === 0) return none;
  if (people === 1) return { ...none, speakersFrom: 'voices', speakers: ONE, spans: ofOne(only.segments) };
  const { regions, windows } = only;
  const given = people === 'auto' ? null : people;
  const found = await inference.call('speakers.diarise', { regions, windows, people: given }, { signal });
  return byVoice(only, found, given, unsureAbove);
}

const none: ToldApart = {
  speakersFrom: 'not-separated',
  speakers: [],
  spans: [],
  overlaps: [],
  notices: [],
};

const ofOne = (segments: Span[]): SpokenSpan[] =>
  segments.map((span) => ({ ...span, channel: 0, speakerId: 's1' }));

/** What a channel only hears of the other is left out. */
function byChannel(channels: ChannelSpeech[]): ToldApart {
  const own = channels.map(({ segments, levels }, channel) => {
    const other = channels[1 - channel]!.levels;
    return segments
      .filter((segment) => !leaksFrom(levels, other, segment))
      .map((span) => ({ ...span, channel, speakerId: SIDES[channel]!.id }));
  });
  const spans = own.flat().sort((a, b) => a.startMs - b.startMs || a.channel - b.channel);
  return { ...none, speakersFrom: 'channels', speakers: spans.length > 0 ? SIDES : [], spans };
}

function byVoice(
  { segments, overlaps, levels }: ChannelSpeech,
  diarisation: Diarisation,
  people: number | null,
  unsureAbove: number,
): ToldApart {
  const { turns, counts } = diarisation;
  const speakerOf = (index: number): string => `s${index + 1}`;
  const spans = cutAtTurns(segments, turns, levels).map(({ speaker, startMs, endMs }) => ({
    startMs,
    endMs,
    channel: 0,
    speakerId: speakerOf(speaker),
  }));
  const ids = [...new Set(spans.map(({ speakerId }) => speakerId))].sort();
  const alike = new Set(alikeVoices(diarisation, unsureAbove).map(speakerOf));
  const named = (id: string, i: number): Speaker => ({
    ...{ id, label: `Speaker ${i + 1}`, channel: null },
    ...(alike.has(id) ? { alike: true } : {}),
  });
  const speakers = ids.length > 1 ? ids.map(named) : ONE;
  return {
    speakersFrom: 'voices',
    speakers,
    spans,
    // One person alone doesn't speak twice at once.
    overlaps: ids.length > 1 ? overlaps : [],
    notices: [
      byVoiceNotice(ids.length, people, ids.length > 1 && alike.size > 0),
      ...(counts.length > 1 ? [countUnsure(counts)] : []),
    ],
  };
}

/** What of a diarisation a transcript that is there already is told apart by. */
export const voiceTurnsOf = (
  diarisation: Diarisation,
  overlaps: readonly Overlap[],
  { unsureAbove }: Pick<SpeakerSettings, 'unsureAbove'>,
): VoiceTurns => ({
  turns: diarisation.turns.map(({ speaker, startMs, endMs }) => ({ voice: speaker, startMs, endMs })),
  alike: alikeVoices(diarisation, unsureAbove),
  overlaps: [...overlaps],
});

const alikeVoices = ({ likeness }: Diarisation, unsureAbove: number): number[] => [
  ...new Set(likeness.filter(({ gain }) => gain > unsureAbove).flatMap(({ a, b }) => [a, b])),
];

const countUnsure = (people: number[]): Notice => ({
  ...{ code: 'speaker-count-unsure', stage: 'speakers', people },
  message: `By their voices ${people.slice(0, -1).join(', ')} or ${people.at(-1)} people speak: please check.`,
});

/**
 * @param people how many the person says there are; null: not said
 * @param unsure some of them sound alike
 */
export function byVoiceNotice(found: number, people: number | null, unsure: boolean): Notice {
  const said = (message: string): Notice => ({ code: 'speakers-by-voice', stage: 'speakers', message });
  if (people !== null && found < people)
    return said(
      `Of the ${people} people who speak, ${found === 1 ? 'one voice' : `${found} voices`} could be told apart.`,
    );
  const alike = unsure ? ' Some of them sound so alike that this is unsure.' : '';
  if (people !== null) return said(`The ${found} speakers were told apart by their voices.${alike}`);
  const count = found === 1 ? 'One voice was' : `${found} voices were`;
  return said(`${count} found in the one channel.${alike} Say how many people speak if that is wrong.`);
}
