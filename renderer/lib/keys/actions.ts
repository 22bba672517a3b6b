/** Every action, its key and where it applies: tooltips, the map under "?" and the key handler all read this one list. */
export const ACTION_GROUPS = ['app', 'library', 'play', 'view', 'edit'] as const;
export type ActionGroup = (typeof ACTION_GROUPS)[number];

export interface Action {
  readonly group: ActionGroup;
  /** As `keyName` writes them; the first one is shown. */
  readonly keys: readonly string[];
  /** Where the keys count: outside text fields when not said, `text`: while an utterance is typed in, `both`; `told`: shown here, handled elsewhere. */
  readonly where?: 'text' | 'both' | 'told';
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
  'edit-words': { group: 'edit', keys: ['Enter', 'F2'], where: 'told' },
  'leave-words': { group: 'edit', keys: ['Escape'], where: 'text' },
  'type-play': { group: 'edit', keys: ['Tab'], where: 'text' },
  'type-back': { group: 'edit', keys: ['Shift+Tab'], where: 'text' },
  'type-slower': { group: 'edit', keys: ['Ctrl+,'], where: 'text' },
  'type-faster': { group: 'edit', keys: ['Ctrl+.'], where: 'text' },
  'type-previous': { group: 'edit', keys: ['Alt+↑'], where: 'text' },
  'type-next': { group: 'edit', keys: ['Alt+↓'], where: 'text' },
  split: { group: 'edit', keys: ['Enter'], where: 'text' },
  'split-here': { group: 'edit', keys: ['Ctrl+Enter'], where: 'both' },
  join: { group: 'edit', keys: ['Backspace'], where: 'text' },
  'join-next': { group: 'edit', keys: ['Delete'], where: 'text' },
  'start-here': { group: 'edit', keys: ['Ctrl+['], where: 'both' },
  'end-here': { group: 'edit', keys: ['Ctrl+]'], where: 'both' },
  insert: { group: 'edit', keys: ['Ctrl+Shift+Enter'], where: 'both' },
  remove: { group: 'edit', keys: ['Ctrl+Shift+Backspace'], where: 'both' },
  'choose-speaker': { group: 'edit', keys: ['Ctrl+e'], where: 'both' },
  mark: { group: 'edit', keys: ['Ctrl+m'], where: 'both' },
  replace: { group: 'edit', keys: ['Ctrl+f'], where: 'both' },
  undo: { group: 'edit', keys: ['Ctrl+z'], where: 'both' },
  redo: { group: 'edit', keys: ['Ctrl+Shift+Z', 'Ctrl+y'], where: 'both' },
  speakers: { group: 'edit', keys: ['Shift+S'] },
  history: { group: 'edit', keys: ['Shift+H'] },
} as const satisfies Record<string, Action>;

export type ActionId = keyof typeof ACTIONS;
export const ACTION_IDS = Object.keys(ACTIONS) as ActionId[];

const keysOf = (...places: Action['where'][]): ReadonlyMap<string, ActionId> =>
  new Map(
    ACTION_IDS.filter((id) => places.includes((ACTIONS[id] as Action).where)).flatMap((id) =>
      ACTIONS[id].keys.map((key) => [key, id] as const),
    ),
  );
const BY_KEY = keysOf(undefined, 'both');
const BY_KEY_TYPING = keysOf('text', 'both');

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
/** While an utterance is typed in. */
export const typingActionFor = (press: KeyPress): ActionId | undefined => BY_KEY_TYPING.get(keyName(press));
/** As it stands on the keyboard: "Ctrl+E" beside "Ctrl+Shift+Z". */
export const keyLabel = (key: string): string => key.replace(/\+[a-z]$/, (letter) => letter.toUpperCase());
/** The key to show. */
export const keyOf = (id: ActionId): string => keyLabel(ACTIONS[id].keys[0]);
