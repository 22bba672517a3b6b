/** What the inference host does. Buffers are copied between the processes, so a call stays below a few megabytes. */
import type { Reading } from '#contract/emotion/evidence.ts';
import type { ModelStatus } from '#contract/system/models.ts';
import type { ModelUse } from '#contract/analysis/result.ts';
import type { ModelTask } from '#contract/models/manifest.ts';
import type { SoundChange } from '#models/explanation/voice/change.ts';
import type { Word } from '#contract/transcript/utterance.ts';
import type { Span } from '#contract/units.ts';
import type { DetectedLanguage } from '#models/speech/whisper/language.ts';
import type { Diarisation } from '#models/speakers/diarise.ts';
import type { TextReader } from '#models/text/reader.ts';
import type { Overlap } from '#models/speakers/overlap.ts';
import type { VoiceWindow } from '#models/speakers/voices.ts';
import type { Task } from '../client.ts';

/** A stretch of speech found in a stream, at most `maxSegmentMs` long. */
export interface SpeechSegment {
  startMs: number;
  endMs: number;
  /** Mean speech probability. */
  confidence: number;
  /** Speech probability of each 32 ms. */
  activity: Float32Array;
  /** 16 kHz mono. */
  samples: Float32Array;
}

export interface Recognised {
  text: string;
  /** Mean token probability. */
  confidence: number;
  /** Times from the start of the samples; none where they aren't known. */
  words: Word[];
  /** BCP 47 primary tag. */
  language: string;
}

/** What is kept of an utterance's sound: no audio can be made from it. */
export interface VoiceEmbedding {
  embedding: Float32Array;
  seconds: number;
  quality: number;
  reasons: Reading['reasons'];
}
/** With what else is known of it: see ToldUtterance of the voice model. */
export interface HeardVoice extends VoiceEmbedding {
  likelihood?: readonly number[];
}

export interface RgbFrame {
  timeMs: number;
  width: number;
  height: number;
  /** width * height * 3 bytes. */
  rgb: Uint8Array;
}

export interface FaceObservation {
  /** In pixels of the frame. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** YuNet's five points (right eye, left eye, nose, right mouth corner, left mouth corner), x and y in turn. */
  points: number[];
  score: number;
  /** From describeAppearance (models/face): tells faces apart from frame to frame. */
  appearance: Float32Array;
  reading: Reading;
}

export interface InferenceTasks {
  /** Hashes and states; loads nothing. */
  'models.status': Task<Record<string, never>, { models: ModelStatus[] }>;
  /** Loads the models of these tasks, with warm-up, and says what runs where. */
  'models.load': Task<{ tasks: ModelTask[] }, { models: ModelUse[] }>;
  'speech.open': Task<{ streamId: string; maxSegmentMs: number }, Record<string, never>>;
  /** Feed 16 kHz mono audio in order; returns the segments that ended in it. */
  'speech.push': Task<{ streamId: string; samples: Float32Array }, { segments: SpeechSegment[] }>;
  'speech.close': Task<{ streamId: string }, { segments: SpeechSegment[] }>;
  'speech.recognise': Task<{ samples: Float32Array; language: string }, Recognised>;
  /** Opens the model in that folder, which no id leads to yet, and runs it once: whether its words get times. */
  'whisper.try': Task<{ folder: string }, { wordTimes: boolean }>;
  /** Loads a Whisper model that the person brought, by its id, and says what runs where. */
  'whisper.open': Task<{ model: string }, { use: ModelUse }>;
  /** Which language the first half minute of these samples is in. */
  'whisper.language': Task<{ model: string; samples: Float32Array }, DetectedLanguage>;
  /** Words of each clip (30 s at most): neighbours are heard together, so give as many as fit a window. */
  'whisper.recognise': Task<
    { model: string; clips: Float32Array[]; language: string },
    { recognised: Recognised[] }
  >;
  /** Places in the voice space of stretches of the samples, in milliseconds from their start: which speaker, not what mood. */
  'speakers.embed': Task<{ samples: Float32Array; spans: Span[] }, { voices: Float32Array[] }>;
  /** Where several people speak at once, in milliseconds from the first sample: best of 3 to 15 s together. */
  'speakers.overlaps': Task<{ samples: Float32Array }, { overlaps: Overlap[] }>;
  /** Turns from all stretches of speech and the voices in them; `people`: how many the person says there are. */
  'speakers.diarise': Task<{ regions: Span[]; windows: VoiceWindow[]; people: number | null }, Diarisation>;
  'voice.embed': Task<{ samples: Float32Array }, VoiceEmbedding>;
  /** The sound again with each of the changes, one embedding a change. */
  'voice.embedChanged': Task<
    { samples: Float32Array; changes: SoundChange[] },
    { utterances: VoiceEmbedding[] }
  >;
  /** Readings for one speaker's utterances, in order; with `baseline` they are read against the speaker's own. */
  'voice.read': Task<{ utterances: HeardVoice[]; baseline: boolean }, { readings: Reading[] }>;
  'text.read': Task<
    /** `readBy`: the language whose model reads it, or both, whatever its own words look like. */
    {
      items: {
        text: string;
        context?: string[];
        language?: string;
        confidence?: number;
        readBy?: TextReader;
      }[];
    },
    /** `models[i]` is the tag of the model that read item i: each language has its own; of a mixed text both, joined. */
    { readings: Reading[]; models: string[] }
  >;
  'face.find': Task<{ frames: RgbFrame[] }, { faces: FaceObservation[][] }>;
  /**
   * Pictures that are one face each, aligned; `align`: not aligned yet, so that its five points are looked for first. `facePx`: shorter
   * side of the face where they were cut from it at another size.
   */
  'face.readCropped': Task<{ frames: RgbFrame[]; align?: boolean; facePx?: number }, { readings: Reading[] }>;
}
