/** The whole outcome of analysing one recording: what the session view shows and `NAME.attune.json` holds. */
import { z } from 'zod';
import { CATEGORIES } from '../emotion/categories.ts';
import { evidence } from '../emotion/evidence.ts';
import { fusedSpan } from '../emotion/fused.ts';
import { mediaInfo } from '../media/media-info.ts';
import { transcript } from '../transcript/utterance.ts';
import { isoTime, milliseconds, probability, sha256Hex } from '../units.ts';
import { analysisSettings } from './settings.ts';
import { stage } from './stages.ts';
import { summary } from './summary.ts';

export const ANALYSIS_FORMAT = 'attune.analysis';
export const ANALYSIS_VERSION = 1;

/** A thing the analysis could not give, and why. */
export const NOTICE_CODES = [
  'no-audio',
  'no-video',
  'no-speech',
  'no-words',
  'no-faces',
  'still-picture',
  'stopped-early',
  'language-not-supported',
  'speakers-not-separated',
  'speakers-by-voice',
  'speaker-count-unsure',
  'face-owner-assumed',
  'faces-not-linked',
  'baseline-not-used',
  'transcript-trimmed',
  'transcript-decoded',
  'synthetic-sample',
] as const;
export const notice = z.object({
  code: z.enum(NOTICE_CODES),
  stage,
  message: z.string(),
  /** 'speaker-count-unsure': how many people it may be that speak. */
  people: z.array(z.number().int().positive()).optional(),
});
export type Notice = z.infer<typeof notice>;

/** One person in view or heard: a speaker, a face, or both when they are taken for the same. */
export const subject = z.object({
  id: z.string(),
  label: z.string(),
  speakerId: z.string().nullable(),
  faceIds: z.array(z.string()),
});
export type Subject = z.infer<typeof subject>;

/** Peaks for drawing, one pair per step and channel, integers in [-127, 127]. */
export const waveform = z.object({
  stepMs: z.number().int().positive(),
  channels: z.array(z.object({ min: z.array(z.number().int()), max: z.array(z.number().int()) })),
});
export type Waveform = z.infer<typeof waveform>;

/** One tracked face. All arrays have one entry per observation; box in fractions of the displayed picture. */
export const faceTrack = z.object({
  id: z.string(),
  timesMs: z.array(milliseconds),
  x: z.array(z.number()),
  y: z.array(z.number()),
  width: z.array(z.number()),
  height: z.array(z.number()),
  quality: z.array(z.number()),
  /** Smoothed over time, rows in the order of CATEGORIES. */
  probabilities: z.array(z.array(z.number()).length(CATEGORIES.length)),
});
export type FaceTrack = z.infer<typeof faceTrack>;

/** Which recogniser found the words, in which language, and how long it took. */
export const recognition = z.object({
  /** `id@version`, and its name. */
  recogniser: z.string(),
  title: z.string(),
  language: z.string(),
  /** Chosen by the person, detected in the sound, or taken for granted because the recogniser knows no other. */
  languageFrom: z.enum(['chosen', 'detected', 'assumed']),
  /** Of the detected language among those that the recogniser knows. */
  languageProbability: probability.nullable(),
  /** Time that the recogniser worked, and length of the speech that it was given. */
  tookMs: milliseconds,
  speechMs: milliseconds,
});
export type Recognition = z.infer<typeof recognition>;

const column = z.array(z.number().nullable());
/** The fused state of one subject on a fixed grid: entry i is time i * stepMs; null where nothing is known. */
export const fusedTrack = z.object({
  subjectId: z.string(),
  stepMs: z.number().int().positive(),
  /** Columns in the order of CATEGORIES. */
  probabilities: z.array(column).length(CATEGORIES.length),
  confidence: column,
  /** 1: "not sure". */
  abstained: column,
  disagreementBits: column,
  valence: column,
  valenceSd: column,
  arousal: column,
  arousalSd: column,
});
export type FusedTrack = z.infer<typeof fusedTrack>;

export const modelUse = z.object({ model: z.string(), sha256: sha256Hex, provider: z.string() });
export type ModelUse = z.infer<typeof modelUse>;

export const analysisResult = z.object({
  format: z.literal(ANALYSIS_FORMAT),
  version: z.literal(ANALYSIS_VERSION),
  attune: z.string(),
  createdAt: isoTime,
  source: z.object({
    name: z.string(),
    bytes: z.number().int().nonnegative(),
    sha256: sha256Hex,
    media: mediaInfo,
  }),
  settings: analysisSettings,
  models: z.array(modelUse),
  notices: z.array(notice),
  transcript,
  /** Absent where no words were recognised: no sound, a transcript that was given, or an analysis by an older version. */
  recognition: recognition.optional(),
  subjects: z.array(subject),
  waveform: waveform.nullable(),
  faces: z.array(faceTrack),
  evidence: z.array(evidence),
  /** One entry an utterance, and one a face window for subjects that don't speak. */
  fused: z.array(fusedSpan),
  tracks: z.array(fusedTrack),
  summary,
});
export type AnalysisResult = z.infer<typeof analysisResult>;
