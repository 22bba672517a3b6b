/** The recogniser of one recording, ready to hear: chosen, its language known, its model loaded. */
import type { ModelUse, Recognition } from '#contract/analysis/result.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';
import type { Recognised } from '#main/hosts/inference/tasks.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { chooseRecogniser } from './choose-recogniser.ts';
import { detectedLanguage } from './detect-language.ts';
import type { SpokenSpan } from './tell-apart.ts';
import type { AnalysisParts, AnalysisRequest } from './types.ts';

export interface Recogniser extends Pick<Recognition, 'language' | 'languageFrom' | 'languageProbability'> {
  manifest: ModelManifest;
  /** Where it isn't among the models that every analysis loads. */
  use: ModelUse | null;
  /** So much speech is best heard together. */
  windowMs: number;
  hear(clips: Float32Array[], signal: AbortSignal): Promise<Recognised[]>;
}

/** Below Whisper's 30 s: for the silence between stretches, and because what it hears at the very end of a full window is often garbled. */
const WHISPER_WINDOW_MS = 24_000;
const ENGLISH = 'en';

/** Null where none here knows the language that was chosen. */
export async function recogniserFor(
  spans: readonly SpokenSpan[],
  separate: boolean,
  request: AnalysisRequest,
  parts: AnalysisParts,
  context: WorkContext,
): Promise<Recogniser | null> {
  const { settings } = request;
  const english = parts.models.of('speech-recognition');
  const { manifest, detect } = chooseRecogniser(settings, english, await parts.whispers());
  if (manifest === null) return null;
  const known = settings.language !== 'auto';
  if (known || detect === null || spans.length === 0) {
    const language = {
      language: known ? settings.language : ENGLISH,
      languageFrom: known ? ('chosen' as const) : ('assumed' as const),
      languageProbability: null,
    };
    return manifest === english
      ? moonshine(english, language, parts)
      : whisper(manifest, language, parts, context);
  }
  const { language, probability } = await detectedLanguage(detect, spans, separate, request, parts, context);
  const detected = { language, languageFrom: 'detected' as const, languageProbability: probability };
  return language === ENGLISH && manifest === english
    ? moonshine(english, detected, parts)
    : whisper(detect, detected, parts, context);
}

type Language = Pick<Recogniser, 'language' | 'languageFrom' | 'languageProbability'>;

const moonshine = (
  manifest: ModelManifest,
  language: Language,
  { inference }: AnalysisParts,
): Recogniser => ({
  ...language,
  manifest,
  use: null,
  windowMs: 0,
  async hear(clips, signal) {
    const heard: Recognised[] = [];
    for (const samples of clips)
      heard.push(await inference.call('speech.recognise', { samples, language: ENGLISH }, { signal }));
    return heard;
  },
});

async function whisper(
  manifest: ModelManifest,
  language: Language,
  { inference }: AnalysisParts,
  { signal: opening }: WorkContext,
): Promise<Recogniser> {
  const { use } = await inference.call('whisper.open', { model: manifest.id }, { signal: opening });
  return {
    ...language,
    manifest,
    use,
    windowMs: WHISPER_WINDOW_MS,
    async hear(clips, signal) {
      const call = { model: manifest.id, clips, language: language.language };
      return (await inference.call('whisper.recognise', call, { signal })).recognised;
    },
  };
}
