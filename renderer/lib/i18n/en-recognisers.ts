/** English of recognisers: bringing models in, choosing what is spoken, and saying who wrote it down. */
import type { Recognition } from '#contract/analysis/result.ts';
import type { Format } from './format.ts';

export const enRecognisers = (f: Format) => ({
  title: 'Other languages',
  text: 'English is recognised as it is. For other languages, bring in a Whisper model: a folder in the layout that onnx-community publishes, or that folder as one ZIP archive. Exports called “_timestamped” give every word its time.',
  folder: 'Choose a folder…',
  zip: 'Choose a ZIP archive…',
  onlyZip:
    'The browser window takes the archive; a folder is brought in with: npm run attune -- models import FOLDER',
  dropHere: 'Or drop it here.',
  download: {
    title: 'Download a model',
    address: 'Or its address on the network',
    sha256: 'SHA-256 of an archive (optional)',
    now: 'Download now',
    text: 'Attune connects to that address, and to where it leads, only when you press the button, and sends nothing but the request for the files. The address is that of such a folder, of its page, or of a ZIP archive. A download that broke off goes on when you start it again.',
    addressWrong: 'An address begins with https:// and holds neither name nor password.',
    hashWrong: 'A SHA-256 has 64 digits: 0 to 9 and a to f.',
    hashOfFolder: 'A SHA-256 is that of one file: it goes with the address of a ZIP archive.',
  },
  stop: {
    title: (name: string) => `Stop bringing in “${name}”?`,
    text: (bytes: number) =>
      `${f.bytes(bytes)} of it have come. If you keep them, a later download from the same address goes on from there. What nobody goes on with for a week is cleared away by the next download.`,
    goOn: 'Go on',
    delete: 'Delete',
    keep: 'Keep what came',
    kept: (bytes: number) =>
      `Stopped. ${f.bytes(bytes)} that came are kept: a download from the same address goes on from there.`,
  },
  brought: (title: string) => `“${title}” was brought in.`,
  remove: 'Remove',
  removeTitle: (title: string) => `Remove “${title}”?`,
  removeText: 'Its files are deleted from this machine. Results that it helped to make stay.',
  removed: (title: string) => `“${title}” was removed.`,
  countLanguages: (n: number) => f.plural(n, { one: '# language', other: '# languages' }),
  auto: 'automatic',
  english: 'Without a Whisper model (see Models and system) words are recognised in English alone.',
  detected: 'Automatic: detected in the first half minute of speech.',
  spoken: 'Language spoken',
  spokenHint: 'In recordings that you bring in. It can be said for each one when it is analysed again.',
  recogniser: 'Recogniser',
  recogniserHint: 'Automatic: the fast one for English, a Whisper model for everything else.',
  words: 'Words',
  by: ({ title, language, languageFrom, languageProbability, tookMs, speechMs }: Recognition) => {
    const how = {
      chosen: 'chosen',
      detected: `detected, ${f.percent(languageProbability ?? 0)}`,
      assumed: 'taken for granted',
    }[languageFrom];
    return `${title} · ${f.language(language)} (${how}) · ${f.length(tookMs)} for ${f.length(speechMs)} of speech`;
  },
});
