import type { ActionId } from '../../../lib/keys/actions.ts';
import type { IconName } from '../../../lib/ui/icons.ts';

export interface BarAction {
  readonly label: string;
  readonly action?: ActionId;
  readonly icon: IconName;
  readonly disabled?: boolean;
  /** Said of what is on or off. */
  readonly pressed?: boolean;
  readonly run: () => void;
}

/** How many of so many buttons stand in the bar: all where they fit, else as many as leave a place for the menu with the others. */
export const shownOf = (count: number, slots: number): number =>
  slots >= count ? count : Math.max(0, slots - 1);
