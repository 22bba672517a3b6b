/** Which recogniser hears a recording: the fast one for English, a Whisper that the person brought for everything else. */
import type { AnalysisSettings } from '#contract/analysis/settings.ts';
import { AttuneError } from '#contract/errors.ts';
import type { ModelManifest } from '#contract/models/manifest.ts';

export interface RecogniserChoice {
  /** Hears the recording; null: none here knows the language. With `detect` this is what hears English. */
  manifest: ModelManifest | null;
  /** Asked for the language first, and hears what isn't English. */
  detect: ModelManifest | null;
}

const isCalled = (name: string, { id }: ModelManifest): boolean => id === name || id.startsWith(`${name}-`);

/**
 * @param english the recogniser that comes along
 * @throws AttuneError 'model-missing' when the named recogniser isn't here
 */
export function chooseRecogniser(
  { language, recogniser }: Pick<AnalysisSettings, 'language' | 'recogniser'>,
  english: ModelManifest,
  whispers: readonly ModelManifest[],
): RecogniserChoice {
  const knows = ({ languages }: ModelManifest): boolean => languages.includes(language);
  if (recogniser === 'auto') {
    if (language === 'auto') return { manifest: english, detect: whispers[0] ?? null };
    return { manifest: [english, ...whispers].find(knows) ?? null, detect: null };
  }
  const named = [english, ...whispers].find((each) => isCalled(recogniser, each));
  if (named === undefined)
    throw new AttuneError('model-missing', 'The recogniser that was chosen is not here.', {
      remedy: 'Choose another one, or bring the model in under Models and system.',
    });
  if (language !== 'auto') return { manifest: knows(named) ? named : null, detect: null };
  return { manifest: named, detect: named === english ? null : named };
}
