/** Tells a row's height when it is drawn and whenever it changes; ends with what it returns. */
export function observeHeight(element: HTMLElement, tell: (px: number) => void): () => void {
  // As it was laid out: asking the element would lay out the page again with every row that tells.
  const observer = new ResizeObserver(([entry]) => tell(Math.round(entry!.borderBoxSize[0]!.blockSize)));
  observer.observe(element);
  return () => observer.disconnect();
}
