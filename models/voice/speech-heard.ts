/** Whether an utterance is speech at all: fire, machines, animals and music have levels and pitches, too. */
import { SAMPLE_RATE_HZ } from '../sound-rate.ts';
import type { Run } from '../tensor.ts';
import { FRAME_SAMPLES, VoiceActivity } from '../speech/voice-activity.ts';
import type { PreparedClip } from './clip.ts';
import type { VoiceUtterance } from './model.ts';
import { rise } from '../rise.ts';

const SPEECH_FROM = 0.5;
const NONE_SECONDS = 0.1;
const ENOUGH_SECONDS = 0.6;
/** A short answer ("yes") is speech when half of it is; that it is short is said and weighed elsewhere. */
const ENOUGH_OF_A_SHORT_ONE = 0.5;
/**
 * What is left of the quality where no speech is heard: too little for a confident answer, more than nothing, because about
 * 3 % of RAVDESS, shouted or cried, isn't recognised as speech either. Of 20 clips of ESC-10 one has over .2 s of "speech".
 */
const LEAST = 0.08;

/** @param run runs a voice activity session (see VoiceActivity); the clip is heard at its set level */
export async function speechSeconds(clip: PreparedClip, run: Run): Promise<number> {
  const activity = new VoiceActivity(run);
  let frames = 0;
  for (const window of clip.encoderInputs)
    for (const { probability } of await activity.push(window)) if (probability >= SPEECH_FROM) frames++;
  return (frames * FRAME_SAMPLES) / SAMPLE_RATE_HZ;
}

/** The utterance with the quality that its speech leaves it. */
export function judgedBySpeech(utterance: VoiceUtterance, seconds: number): VoiceUtterance {
  const enough = Math.min(
    ENOUGH_SECONDS,
    Math.max(1.5 * NONE_SECONDS, ENOUGH_OF_A_SHORT_ONE * utterance.seconds),
  );
  const heard = rise(seconds, NONE_SECONDS, enough);
  return {
    ...utterance,
    quality: utterance.quality * (LEAST + (1 - LEAST) * heard),
    reasons: heard < 0.8 ? [...utterance.reasons, 'no-speech'] : utterance.reasons,
  };
}
