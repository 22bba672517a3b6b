/** Back to the list, from where the keys move on. */
export const focusList = (): void =>
  document.querySelector<HTMLElement>('.transcript [role=listbox]')?.focus({ preventScroll: true });
