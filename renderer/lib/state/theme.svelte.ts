/** The theme in use: the setting, or the system's when the setting says so. */
import type { Settings } from '#contract/system/settings.ts';
import { AROUSAL_STYLE, DIVERGING, EMOTION_STYLE, VALENCE_STYLE, type Theme } from '../emotion-style.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** Sets one pair of CSS variables a category on the root element, so that style sheets need no second copy. */
function applyEmotionColours(root: HTMLElement, theme: Theme): void {
  for (const [name, style] of Object.entries(EMOTION_STYLE)) {
    root.style.setProperty(`--emo-${name}`, style.fill[theme]);
    root.style.setProperty(`--emo-${name}-ink`, style.ink[theme]);
  }
  root.style.setProperty('--valence', VALENCE_STYLE[theme]);
  root.style.setProperty('--arousal', AROUSAL_STYLE[theme]);
  for (const [end, colour] of Object.entries(DIVERGING[theme]))
    root.style.setProperty(`--valence-${end}`, colour);
}

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
