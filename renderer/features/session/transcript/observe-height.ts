/** Tells a row's height when it is drawn and whenever it changes; ends with what it returns. */
export function observeHeight(element: HTMLElement, tell: (px: number) => void): () => void {
  const observer = new ResizeObserver(() => tell(element.offsetHeight));
  observer.observe(element);
  return () => observer.disconnect();
}
