/** The theme in use: the setting, or the system's when the setting says so. */
import type { Settings } from '#contract/system/settings.ts';
import { applyEmotionColours, type Theme } from '../emotion-style.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

class ThemeState {
  setting: Settings['theme'] = $state('system');
  #systemDark = $state(dark.matches);
  readonly current: Theme = $derived(
    this.setting === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.setting,
  );

  constructor() {
    dark.addEventListener('change', ({ matches }) => (this.#systemDark = matches));
  }

  /** Puts the theme on the document. */
  apply(): void {
    document.documentElement.dataset['theme'] = this.current;
    applyEmotionColours(document.documentElement, this.current);
  }
}

export const theme = new ThemeState();
