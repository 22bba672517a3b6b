/** What a person should know about the words of a recording. */
import type { Notice } from '#contract/analysis/result.ts';
import type { Utterance } from '#contract/transcript/utterance.ts';
import type { Recogniser } from './recogniser.ts';

export const note = (code: Notice['code'], stage: Notice['stage'], message: string): Notice => ({
  code,
  stage,
  message,
});

/** Other languages come out as English words at a confidence of .45 to .57, English at about .85 (measured on short clips of nine languages). */
const FOREIGN_BELOW = 0.6;

/** Mean confidence over time of what was recognised is too low for English. */
export function seemsForeign(utterances: Utterance[]): boolean {
  let weighted = 0;
  let totalMs = 0;
  for (const { startMs, endMs, confidence, text } of utterances) {
    if (confidence === null || text === '') continue;
    weighted += confidence * (endMs - startMs);
    totalMs += endMs - startMs;
  }
  return totalMs > 0 && weighted / totalMs < FOREIGN_BELOW;
}

const WHISPER_HELPS =
  'A Whisper model that you bring in under Models and system hears other languages; a transcript that you bring is read instead.';

/** @param recogniser null: none here knows the language that was chosen */
export function wordNotices(utterances: Utterance[], recogniser: Recogniser | null): Notice[] {
  if (utterances.length === 0) return [note('no-speech', 'speech', 'No speech was found in the sound.')];
  if (recogniser === null)
    return [
      note(
        'language-not-supported',
        'speech',
        `No recogniser here knows the language that was chosen, so no words were read. ${WHISPER_HELPS}`,
      ),
    ];
  if (utterances.every((u) => u.text === '')) {
    const other = recogniser.languageFrom === 'assumed' ? ` It may not be English. ${WHISPER_HELPS}` : '';
    return [note('no-words', 'speech', `Speech was found, but no words were recognised in it.${other}`)];
  }
  if (recogniser.languageFrom === 'assumed' && seemsForeign(utterances))
    return [
      note(
        'language-not-supported',
        'speech',
        `The words were recognised as English, but so unsurely that this may be another language or poor sound: don’t trust them. ${WHISPER_HELPS}`,
      ),
    ];
  return [];
}
