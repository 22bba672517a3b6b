/** What the corpora are called, by the key that figures and training records use. */
export const CORPORA: Readonly<Record<string, string>> = {
  goemotions: 'GoEmotions',
  emobank: 'EmoBank',
  semeval2018: 'SemEval-2018 task 1, intensity',
  'semeval2018-valence': 'SemEval-2018 task 1, valence',
  meld: 'MELD',
  emorynlp: 'EmoryNLP',
  'xdaily-en': 'XDailyDialog, English',
  'xdaily-zh': 'XDailyDialog, Chinese',
  clue: 'CLUE emotion (Chinese)',
  smp2020: 'SMP2020 usual (Chinese)',
  'dimabsa-zh': 'DimABSA (Chinese)',
  'dimabsa-en': 'DimABSA (English)',
  cped: 'CPED (Chinese talk)',
  'otherwise-en': 'Named, not expressed (English, our own)',
  'otherwise-zh': 'Named, not expressed (Chinese, our own)',
  'irony-en': 'Irony, and praise that is meant (English, our own)',
  mixed: 'English and Chinese in one sentence (our own)',
  ravdess: 'RAVDESS',
  emodb: 'EmoDB',
  nemo: 'nEMO',
  ferplus: 'FER+',
  diffusionfer: 'DiffusionFER',
};

export const corpusName = (key: string): string => CORPORA[key] ?? key;
