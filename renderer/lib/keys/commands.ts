/** What each action does right now: panels add their commands while they are shown. */
import { actionFor, type ActionId } from './actions.ts';

type Run = () => void;

const TEXT_FIELDS =
  'input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]';

const ASKING = '[role=dialog], [role=alertdialog], [role=menu]';

/** The person types, or is asked something. */
export const handsFull = (): boolean =>
  document.activeElement?.matches(TEXT_FIELDS) === true || document.querySelector(ASKING) !== null;

export class Commands {
  readonly #runs = new Map<ActionId, Run[]>();

  /** Returns what takes them away again; of several for one action the latest added runs. */
  add(commands: Partial<Record<ActionId, Run>>): () => void {
    const entries = Object.entries(commands) as [ActionId, Run][];
    for (const [id, run] of entries) this.#runs.set(id, [...(this.#runs.get(id) ?? []), run]);
    return () => {
      for (const [id, run] of entries)
        this.#runs.set(
          id,
          (this.#runs.get(id) ?? []).filter((other) => other !== run),
        );
    };
  }

  run(id: ActionId): void {
    this.#runs.get(id)?.at(-1)?.();
  }

  /** Handles a key press unless it belongs to a text field, a dialog or a control that has the keyboard's focus. */
  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TEXT_FIELDS) || target?.closest(ASKING)) return;
    if (
      event.key === ' ' &&
      target?.matches('button:focus-visible, a:focus-visible, [role=tab]:focus-visible')
    )
      return;
    const id = actionFor(event);
    const run = id && this.#runs.get(id)?.at(-1);
    if (!run) return;
    event.preventDefault();
    run();
  }
}
