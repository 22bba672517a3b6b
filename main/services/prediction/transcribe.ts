/** `attune transcribe`: who said what, when, in one recording after the other. */
import { defaultAnalysisSettings, type AnalysisSettings } from '#contract/analysis/settings.ts';
import { AttuneError } from '#contract/errors.ts';
import type { FailedRow } from '#contract/files/predict.ts';
import { soundRow, type SoundRow, type TranscribedRow } from '#contract/files/transcribe.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { chooseRecogniser } from '#main/services/analysis/choose-recogniser.ts';
import { listen, type Spoken } from '#main/services/analysis/spoken.ts';
import { MemoryStageCache } from '#main/services/analysis/stage-cache.ts';
import type { AnalysisParts } from '#main/services/analysis/types.ts';
import { findFile } from './find-file.ts';
import type { PredictionParts } from './parts.ts';
import { parseRow, toFailure } from './row.ts';

export async function* transcribeRows(
  lines: AsyncIterable<string | null>,
  parts: Omit<AnalysisParts, 'cache'> & Pick<PredictionParts, 'folder'>,
  signal: AbortSignal,
  settings: AnalysisSettings = defaultAnalysisSettings(),
): AsyncGenerator<TranscribedRow | FailedRow> {
  for await (const line of lines) {
    const parsed = parseRow(line, soundRow);
    if (!parsed.ok) {
      yield parsed.failure;
      continue;
    }
    try {
      const path = await findFile(parsed.row.path, parts.folder);
      yield await transcribeRow({ ...parsed.row, path }, parts, signal, settings);
    } catch (error) {
      signal.throwIfAborted();
      yield toFailure(parsed.row.id, error);
    }
  }
}

/** @param chosen its language is the row's where the row names one. @throws AttuneError, 'cancelled' among them */
export async function transcribeRow(
  { id, path, language }: SoundRow,
  parts: Omit<AnalysisParts, 'cache'>,
  signal: AbortSignal,
  chosen: AnalysisSettings = defaultAnalysisSettings(),
): Promise<TranscribedRow> {
  const settings = { ...chosen, language: language ?? chosen.language };
  return toRow(id, (await listenToFile(path, settings, parts, signal)).transcript);
}

/** Keeps nothing. @throws AttuneError, 'cancelled' among them */
export async function listenToFile(
  path: string,
  settings: AnalysisSettings,
  parts: Omit<AnalysisParts, 'cache'>,
  signal: AbortSignal,
): Promise<Spoken> {
  const english = parts.models.of('speech-recognition');
  if (chooseRecogniser(settings, english, await parts.whispers()).manifest === null)
    throw new AttuneError('model-missing', 'No recogniser for that language is here.', {
      remedy: 'Bring a Whisper model in: attune models import, or Models and system in the window.',
    });
  const input = { kind: 'file', path } as const;
  const info = await parts.media.probe(input, { signal });
  if (!info.audio) throw new AttuneError('media-no-streams', 'The file holds no sound.');
  // Nothing is kept between recordings, so none needs to be told from another.
  const source = { name: path, bytes: 0, sha256: '' };
  return listen(
    { input, info, source, settings, imported: null, notices: [] },
    { ...parts, cache: new MemoryStageCache() },
    // Files tell no progress within one recording.
    silentWork(signal),
  );
}

function toRow(id: SoundRow['id'], { language, speakers, utterances }: Transcript): TranscribedRow {
  const labels = new Map(speakers.map((speaker) => [speaker.id, speaker.label]));
  return {
    id,
    language,
    utterances: utterances.map(({ speakerId, startMs, endMs, text, confidence, words }) => ({
      start: startMs,
      end: endMs,
      speaker: labels.get(speakerId) ?? speakerId,
      text,
      confidence,
      words: words.map((word) => ({
        text: word.text,
        start: word.startMs,
        end: word.endMs,
        confidence: word.confidence,
      })),
    })),
  };
}
