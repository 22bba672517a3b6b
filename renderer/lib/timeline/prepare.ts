/** Turns an analysis result into typed arrays, once: everything the lanes draw comes from here. */
import type { AnalysisResult, FaceTrack, FusedTrack, Subject, Waveform } from '#contract/analysis/result.ts';
import { argmax } from '#contract/emotion/categories.ts';
import type { Evidence } from '#contract/emotion/evidence.ts';
import type { Milliseconds } from '#contract/units.ts';
import { NOT_SURE, UNKNOWN } from './dominant.ts';
import { buildMinMax, type MinMaxPyramid } from './minmax.ts';
import { ribbonOf, ribbonOfGrid, type Ribbon, type RibbonItem } from './ribbon.ts';

export interface WaveLane {
  readonly channel: number;
  /** Index of the channel's own speaker, or -1 when it holds everybody. */
  readonly speaker: number;
  readonly stepMs: Milliseconds;
  readonly pyramid: MinMaxPyramid;
}

export interface DimensionSeries {
  readonly mean: MinMaxPyramid;
  /** Mean minus and plus one standard deviation. */
  readonly band: MinMaxPyramid;
}

export interface SubjectLanes {
  readonly subject: Subject;
  readonly text: Ribbon | null;
  readonly voice: Ribbon | null;
  readonly face: Ribbon | null;
  readonly fused: Ribbon | null;
  readonly stepMs: Milliseconds;
  readonly valence: DimensionSeries | null;
  readonly arousal: DimensionSeries | null;
  readonly disagreement: MinMaxPyramid | null;
}

export interface Timeline {
  readonly durationMs: Milliseconds;
  readonly waves: readonly WaveLane[];
  readonly subjects: readonly SubjectLanes[];
}

const column = (values: readonly (number | null)[]): Float32Array =>
  Float32Array.from(values, (v) => v ?? NaN);

/** Noise alone is not blown up to fill its lane. Of 127. */
const MIN_PEAK = 20;
const loudest = (values: readonly number[]): number => values.reduce((m, v) => Math.max(m, Math.abs(v)), 0);

/** A correction leaves most of a result the same objects: what was prepared from them is not prepared again. */
function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

const peaksOf = once((waveform: Waveform): MinMaxPyramid[] => {
  // Quiet recordings are drawn larger, all channels alike, so that who is louder can still be seen.
  const peak = waveform.channels.reduce(
    (most, { min, max }) => Math.max(most, loudest(min), loudest(max)),
    MIN_PEAK,
  );
  return waveform.channels.map(({ min, max }) =>
    buildMinMax(
      Float32Array.from(min, (v) => v / peak),
      Float32Array.from(max, (v) => v / peak),
    ),
  );
});

function waveLanes({ waveform, transcript }: AnalysisResult): WaveLane[] {
  if (!waveform) return [];
  return peaksOf(waveform).map((pyramid, channel) => ({
    channel,
    speaker: transcript.speakers.findIndex((speaker) => speaker.channel === channel),
    stepMs: waveform.stepMs,
    pyramid,
  }));
}

/** A single modality has no abstention of its own: below the same confidence it is drawn as "not sure". */
function item(e: Evidence, abstainBelow: number): RibbonItem {
  const top = argmax(e.probabilities);
  const confidence = e.probabilities[top]!;
  return { ...e.span, top: confidence < abstainBelow ? NOT_SURE : top, confidence };
}

function faceItems(face: FaceTrack, abstainBelow: number): RibbonItem[] {
  const gaps = face.timesMs.slice(1, 200).map((t, i) => t - face.timesMs[i]!);
  const stepMs = gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? 200;
  const items: RibbonItem[] = [];
  for (const [i, startMs] of face.timesMs.entries()) {
    const row = face.probabilities[i]!;
    const best = argmax(row);
    const confidence = row[best]!;
    const top = confidence < abstainBelow ? NOT_SURE : best;
    const endMs = Math.min(face.timesMs[i + 1] ?? Infinity, startMs + 2 * stepMs);
    const last = items.at(-1);
    if (last?.top === top && last.endMs === startMs) {
      const held = last.endMs - last.startMs;
      last.confidence += ((confidence - last.confidence) * (endMs - startMs)) / (held + endMs - startMs);
      last.endMs = endMs;
    } else items.push({ startMs, endMs, top, confidence });
  }
  return items;
}

const fusedRibbon = once((track: FusedTrack): Ribbon => {
  const cells = track.confidence.length;
  const top = new Uint8Array(cells).fill(UNKNOWN);
  const confidence = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    const sure = track.confidence[i] ?? null;
    if (sure === null) continue;
    confidence[i] = sure;
    if (track.abstained[i] === 1) {
      top[i] = NOT_SURE;
      continue;
    }
    let best = 0;
    for (let c = 1; c < track.probabilities.length; c++)
      if ((track.probabilities[c]![i] ?? 0) > (track.probabilities[best]![i] ?? 0)) best = c;
    top[i] = best;
  }
  return ribbonOfGrid(top, confidence, track.stepMs);
});

function series(mean: readonly (number | null)[], sd: readonly (number | null)[]): DimensionSeries {
  const m = column(mean);
  const s = column(sd);
  return {
    mean: buildMinMax(m),
    band: buildMinMax(
      m.map((v, i) => v - s[i]!),
      m.map((v, i) => v + s[i]!),
    ),
  };
}

const seriesOf = once((track: FusedTrack) => ({
  valence: series(track.valence, track.valenceSd),
  arousal: series(track.arousal, track.arousalSd),
  disagreement: buildMinMax(column(track.disagreementBits)),
}));

function subjectLanes(result: AnalysisResult, subject: Subject): SubjectLanes {
  const { durationMs } = result.summary;
  const { abstainBelow } = result.settings;
  const spoken = (modality: 'text' | 'voice'): Ribbon | null => {
    if (subject.speakerId === null) return null;
    const own = result.evidence.filter((e) => e.modality === modality && e.speakerId === subject.speakerId);
    return own.length > 0
      ? ribbonOf(
          own.map((e) => item(e, abstainBelow)),
          durationMs,
        )
      : null;
  };
  const faces = result.faces.filter((face) => subject.faceIds.includes(face.id));
  const track = result.tracks.find((t) => t.subjectId === subject.id);
  return {
    subject,
    text: spoken('text'),
    voice: spoken('voice'),
    face:
      faces.length > 0
        ? ribbonOf(
            faces.flatMap((face) => faceItems(face, abstainBelow)),
            durationMs,
            100,
          )
        : null,
    fused: track ? fusedRibbon(track) : null,
    stepMs: track?.stepMs ?? 200,
    ...(track ? seriesOf(track) : { valence: null, arousal: null, disagreement: null }),
  };
}

export const prepareTimeline = (result: AnalysisResult): Timeline => ({
  durationMs: result.summary.durationMs,
  waves: waveLanes(result),
  subjects: result.subjects.map((subject) => subjectLanes(result, subject)),
});
