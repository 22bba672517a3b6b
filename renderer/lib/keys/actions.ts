/** Every action, its key and where it applies: tooltips, the map under "?" and the key handler all read this one list. */
export const ACTION_GROUPS = ['app', 'library', 'play', 'view'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export interface Action {
  readonly group: ActionGroup;
  /** As `keyName` writes them; the first one is shown. */
  readonly keys: readonly string[];
}

export const ACTIONS = {
  'go-library': { group: 'app', keys: ['1'] },
  'go-session': { group: 'app', keys: ['2'] },
  'go-system': { group: 'app', keys: ['3'] },
  'go-settings': { group: 'app', keys: ['4'] },
  keys: { group: 'app', keys: ['?'] },
  theme: { group: 'app', keys: ['t'] },
  search: { group: 'app', keys: ['/'] },
  lock: { group: 'app', keys: ['Shift+L'] },
  import: { group: 'library', keys: ['i'] },
  sample: { group: 'library', keys: ['s'] },
  play: { group: 'play', keys: ['Space', 'k'] },
  back: { group: 'play', keys: ['←', 'j'] },
  forward: { group: 'play', keys: ['→', 'l'] },
  previous: { group: 'play', keys: [','] },
  next: { group: 'play', keys: ['.'] },
  slower: { group: 'play', keys: ['['] },
  faster: { group: 'play', keys: [']'] },
  mute: { group: 'play', keys: ['m'] },
  start: { group: 'play', keys: ['Home'] },
  end: { group: 'play', keys: ['End'] },
  'zoom-in': { group: 'view', keys: ['+', '='] },
  'zoom-out': { group: 'view', keys: ['-'] },
  fit: { group: 'view', keys: ['0'] },
  'pan-left': { group: 'view', keys: ['Shift+←'] },
  'pan-right': { group: 'view', keys: ['Shift+→'] },
  subject: { group: 'view', keys: ['p'] },
  tab: { group: 'view', keys: ['v'] },
  follow: { group: 'view', keys: ['f'] },
  why: { group: 'view', keys: ['w'] },
  analyse: { group: 'view', keys: ['Shift+A'] },
  'export-transcript': { group: 'view', keys: ['Shift+E'] },
} as const satisfies Record<string, Action>;

export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[];

const BY_KEY = new Map<string, ActionId>(
  ACTION_IDS.flatMap((id) => ACTIONS[id].keys.map((key) => [key, id] as const)),
);

const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** "Ctrl+l", "Shift+←", "?": Shift is named only where the key itself does not show it. */
export function keyName(press: KeyPress): string {
  const key = NAMES[press.key] ?? press.key;
  const shows = key.length === 1 && key === press.key && key.toLowerCase() === key.toUpperCase();
  return [
    press.ctrlKey || press.metaKey ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && !shows ? 'Shift' : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

export const actionFor = (press: KeyPress): ActionId | undefined => BY_KEY.get(keyName(press));
/** The key to show. */
export const keyOf = (id: ActionId): string => ACTIONS[id].keys[0];
