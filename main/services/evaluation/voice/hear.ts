/** Clips heard once and read in several ways: alone, or together with others of the same speaker. */
import type { PredictedRow } from '#contract/files/predict.ts';
import { SURELY_NEUTRAL } from '../../analysis/read-voice.ts';
import { embedClip } from '../../prediction/clip.ts';
import { readTogether, type HeardRow } from '../../prediction/predict-voice.ts';
import type { SpeechItem } from '../corpora/speech.ts';
import type { Predicted, Reader } from '../predicted.ts';

export interface HeardClip {
  readonly item: SpeechItem;
  readonly windows: HeardRow['windows'];
  /** A person said that the speaker is neutral in it. */
  readonly marked?: boolean;
}

export async function hearClips(items: readonly SpeechItem[], by: Reader): Promise<HeardClip[]> {
  const heard: HeardClip[] = [];
  for (const item of items) {
    heard.push({ item, windows: await embedClip(item.path, by.media, by.inference, by.signal) });
    by.onItem?.(heard.length, items.length);
  }
  return heard;
}

/** What a person's recordings are: clips of one speaker that are read together; without a name each clip stands alone. */
export interface Selection {
  readonly speaker: string | null;
  readonly clips: readonly HeardClip[];
}

export async function readSelection(
  { speaker, clips }: Selection,
  by: Reader,
): Promise<Predicted<SpeechItem>[]> {
  const rows = clips.map(({ windows, marked }, id) => ({
    ...{ id, speaker },
    windows: marked ? windows.map((window) => ({ ...window, likelihood: SURELY_NEUTRAL })) : windows,
  }));
  const read = await readTogether(rows, by, by.signal);
  return clips.map(({ item }, i) => ({ item, row: read[i] as PredictedRow }));
}
