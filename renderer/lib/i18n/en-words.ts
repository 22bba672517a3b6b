/** English names of the domain's own things: categories, modalities, reasons, stages. */
import type { Category } from '#contract/emotion/categories.ts';
import type { Dimension } from '#contract/emotion/dimensions.ts';
import type { Modality, QualityReason } from '#contract/emotion/evidence.ts';
import type { Notice } from '#contract/analysis/result.ts';
import type { ModelTask } from '#contract/models/manifest.ts';
import type { Moment } from '#contract/analysis/summary.ts';
import type { Shown } from '../emotion-style.ts';

export interface Words {
  readonly category: Readonly<Record<Shown, string>>;
  /** After "reads as", "sounds", "looks". */
  readonly adjective: Readonly<Record<Category, string>>;
  readonly modality: Readonly<Record<Modality, string>>;
  readonly dimension: Readonly<Record<Dimension, string>>;
  readonly reason: Readonly<Record<QualityReason, string>>;
  readonly stage: Readonly<Record<string, string>>;
  readonly notice: Readonly<Record<Notice['code'], string>>;
  readonly task: Readonly<Record<ModelTask, string>>;
  readonly moment: Readonly<Record<Moment['kind'], string>>;
}

export const enWords: Words = {
  category: {
    neutral: 'neutral',
    happiness: 'happiness',
    sadness: 'sadness',
    anger: 'anger',
    fear: 'fear',
    disgust: 'disgust',
    surprise: 'surprise',
    'not-sure': 'not sure',
  },
  adjective: {
    neutral: 'neutral',
    happiness: 'happy',
    sadness: 'sad',
    anger: 'angry',
    fear: 'afraid',
    disgust: 'disgusted',
    surprise: 'surprised',
  },
  modality: { text: 'Text', voice: 'Voice', face: 'Face' },
  dimension: { valence: 'Valence', arousal: 'Arousal', dominance: 'Dominance' },
  reason: {
    'few-words': 'few words',
    'unknown-words': 'unknown words',
    'other-language': 'another language',
    'recogniser-unsure': 'words uncertain',
    'no-letters': 'no words in it',
    repetition: 'the same over and over',
    short: 'short',
    quiet: 'quiet',
    clipped: 'clipped',
    noisy: 'noisy',
    unvoiced: 'little voice in it',
    'no-speech': 'hardly any speech',
    'others-speak': 'others speak at the same time',
    'baseline-used': 'against own baseline',
    'baseline-too-little-speech': 'too little speech for a baseline',
    'face-small': 'small',
    'face-blurred': 'blurred',
    'face-turned': 'turned away',
    'face-covered': 'eyes or mouth covered',
    'face-dark': 'dark',
    'face-bright': 'overexposed',
    'face-uncertain': 'barely a face',
    'face-few-frames': 'seen briefly',
    'face-owner-assumed': 'owner assumed',
  },
  stage: {
    probe: 'Look at the file',
    import: 'Store encrypted',
    store: 'Store encrypted',
    speech: 'Find speech',
    words: 'Recognise words',
    speakers: 'Tell speakers apart',
    voice: 'Voice',
    text: 'Words',
    face: 'Faces',
    fusion: 'Bring together',
    summary: 'Summary',
    'model-download': 'Download',
    'model-check': 'Look at the files',
    'model-copy': 'Copy',
    'model-try': 'Try it',
  },
  notice: {
    'no-audio': 'There is no sound.',
    'no-video': 'There is no picture.',
    'no-speech': 'No speech was found.',
    'no-words': 'No words were recognised.',
    'no-faces': 'No faces were found.',
    'still-picture': 'The picture does not move.',
    'stopped-early': 'The file ends early; what was readable was analysed.',
    'language-not-supported': 'No recogniser here surely knows the language of the words.',
    'speakers-not-separated': 'Speakers are not told apart.',
    'speakers-by-voice': 'Speakers were told apart by their voices.',
    'speaker-count-unsure': 'How many people speak is unsure.',
    'face-owner-assumed': 'Whose face it is was assumed.',
    'faces-not-linked': 'Faces are not linked to voices.',
    'baseline-not-used': 'There was too little speech for a baseline of the speaker’s own.',
    'transcript-trimmed': 'The transcript was trimmed to the recording.',
    'transcript-decoded': 'The transcript’s text encoding was told from its bytes.',
    'synthetic-sample': 'This is a synthetic sample: nobody said or felt this.',
  },
  task: {
    'voice-activity': 'Voice activity',
    'speech-recognition': 'Speech recognition',
    'speech-recognition-multilingual': 'Speech recognition, many languages',
    'text-emotion': 'Emotion from words',
    'voice-emotion': 'Emotion from voice',
    'face-detection': 'Face detection',
    'face-emotion': 'Emotion from face',
    fusion: 'Fusion',
    'speaker-embedding': 'Speaker embedding',
    'overlapping-speech': 'Overlapping speech',
  },
  moment: {
    strongest: 'Strongest',
    'valence-drop': 'Valence falls',
    'valence-rise': 'Valence rises',
    disagreement: 'Modalities disagree',
  },
};
