/** Actions that work in every panel. */
import type { Settings } from '#contract/system/settings.ts';
import type { ActionId } from '../lib/keys/actions.ts';
import type { Workstation } from '../lib/state/workstation.svelte.ts';

const NEXT_THEME: Record<Settings['theme'], Settings['theme']> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

export function nextTheme(workstation: Workstation): void {
  const now = workstation.settings?.theme ?? 'system';
  void workstation.changeSettings({ theme: NEXT_THEME[now] });
}

export function globalCommands(workstation: Workstation): Partial<Record<ActionId, () => void>> {
  const whenOpen = (run: () => void) => () => {
    if (workstation.workspace?.state === 'open') run();
  };
  return {
    'go-library': whenOpen(() => workstation.show('library')),
    'go-session': whenOpen(() => workstation.show('session')),
    'go-system': whenOpen(() => workstation.show('system')),
    'go-settings': whenOpen(() => workstation.show('settings')),
    lock: whenOpen(() => void workstation.lock()),
    keys: () => (workstation.keysShown = !workstation.keysShown),
    theme: () => nextTheme(workstation),
  };
}
