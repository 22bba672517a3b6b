/** What is spoken, and who writes it down: the same words on every command that recognises. */

export const LANGUAGE_OPTIONS = {
  language: { type: 'string' },
  lang: { type: 'string' },
  recogniser: { type: 'string' },
} as const;

export const LANGUAGE_HELP = `  --language zh   what is spoken, by its two or three letter tag; auto: detected where a Whisper model was brought in, else English
  --recogniser ID a model's id or the first part of it (moonshine, whisper); auto: Moonshine for English, Whisper for the rest`;

export const languageArguments = (values: {
  language?: string | undefined;
  lang?: string | undefined;
  recogniser?: string | undefined;
}): { language: string | undefined; recogniser: string | undefined } => ({
  language: primaryTag(values.language ?? values.lang),
  recogniser: values.recogniser,
});

/** "zh-CN" is Chinese to a recogniser. */
const primaryTag = (tag: string | undefined): string | undefined => tag?.split(/[-_]/, 1)[0]?.toLowerCase();
