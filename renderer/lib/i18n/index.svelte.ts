/** The language in use. Reading `i18n.m` or `i18n.f` in a component follows a change of language. */
import { en, type Messages } from './en.ts';
import { Format, type Language } from './format.ts';
import { zh } from './zh.ts';

const CATALOGUES: Record<Language, (format: Format) => Messages> = { en, zh };

class I18n {
  language: Language = $state('en');
  readonly f: Format = $derived(new Format(this.language));
  readonly m: Messages = $derived(CATALOGUES[this.language](this.f));
}

export const i18n = new I18n();
