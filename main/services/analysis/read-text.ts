/** The text stage: what the words of each utterance say, with up to six earlier utterances as context. */
import type { Evidence, Reading } from '#contract/emotion/evidence.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { cacheKey } from './cache-key.ts';
import { cached } from './cached.ts';
import type { ModelsInUse } from './models-in-use.ts';
import type { AnalysisParts } from './types.ts';
import { UNDETERMINED, type Transcript, type Utterance } from '#contract/transcript/utterance.ts';

/** Earlier utterances that an analysis reads with each. */
export const CONTEXT_UTTERANCES = 6;
const TEXTS_A_CALL = 32;

/** One utterance as the text model is given it. */
export type TextItem = InferenceTasks['text.read']['params']['items'][number];

/** From here on an utterance's words are a person's own, or as good: their script says which language it is. */
const SURE_FROM = 0.8;

function languageOf({ language }: Transcript, { confidence }: Utterance): Pick<TextItem, 'language'> {
  const strange = language !== UNDETERMINED || (confidence ?? 1) < SURE_FROM;
  return language !== null && strange ? { language } : {};
}

/** The utterances with words in them. */
export function textItems(transcript: Transcript): { utterance: Utterance; item: TextItem }[] {
  const said = transcript.utterances.filter((u) => u.text.trim() !== '');
  return said.map((utterance, i) => ({
    utterance,
    item: {
      text: utterance.text,
      context: said.slice(Math.max(0, i - CONTEXT_UTTERANCES), i).map((before) => before.text),
      ...languageOf(transcript, utterance),
      ...(utterance.confidence === null ? {} : { confidence: utterance.confidence }),
    },
  }));
}

/** A reading, and the tag of the model that made it: each language has its own. */
export interface TextRead {
  reading: Reading;
  model: string;
}

export async function readItems(
  items: TextItem[],
  { inference }: Pick<AnalysisParts, 'inference'>,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<TextRead[]> {
  const all: TextRead[] = [];
  for (let i = 0; i < items.length; i += TEXTS_A_CALL) {
    const batch = { items: items.slice(i, i + TEXTS_A_CALL) };
    const { readings, models } = await inference.call('text.read', batch, { signal });
    all.push(...readings.map((reading, k) => ({ reading, model: models[k]! })));
    onProgress(all.length / items.length);
  }
  return all;
}

export const textEvidence = (u: Utterance, { reading, model }: TextRead): Evidence => ({
  ...reading,
  id: `text-${u.id}`,
  modality: 'text',
  span: { startMs: u.startMs, endMs: u.endMs },
  utteranceId: u.id,
  speakerId: u.speakerId,
  model,
});

export async function readText(
  transcript: Transcript,
  parts: AnalysisParts,
  models: ModelsInUse,
  context: WorkContext,
): Promise<Evidence[]> {
  const report = context.stage('text');
  const said = textItems(transcript);
  if (said.length === 0) {
    report.skipped();
    return [];
  }
  const items = said.map(({ item }) => item);
  const read = await cached(
    parts.cache,
    cacheKey('text', [models.fingerprint('text-emotion'), items]),
    report,
    () => readItems(items, parts, context.signal, (fraction) => report.progress(fraction)),
  );
  return said.map(({ utterance }, i) => textEvidence(utterance, read[i]!));
}
