/** Pointer and wheel over a plot, told apart: a click, a drag, a pan, a zoom. */

const DRAG_PX = 4;

export interface DragHandlers {
  readonly click: (x: number, y: number) => void;
  readonly pan: (px: number) => void;
}

export function dragging(element: HTMLElement, { click, pan }: DragHandlers): () => void {
  let start: { x: number; y: number; last: number; moved: boolean } | null = null;
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    start = { x: event.offsetX, y: event.offsetY, last: event.clientX, moved: false };
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    if (!start) return;
    if (!start.moved && Math.abs(event.offsetX - start.x) < DRAG_PX) return;
    start.moved = true;
    pan(event.clientX - start.last);
    start.last = event.clientX;
  };
  const up = (): void => {
    if (start && !start.moved) click(start.x, start.y);
    start = null;
  };
  const cancel = (): void => {
    start = null;
  };
  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', cancel);
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', cancel);
  };
}

export interface WheelHandlers {
  readonly zoom: (factor: number, x: number) => void;
  readonly pan: (px: number) => void;
}

/** Ctrl (or a pinch) zooms, Shift or a sideways wheel pans; a plain wheel stays with the scrolling of the lanes. */
export function wheeling(element: HTMLElement, { zoom, pan }: WheelHandlers): () => void {
  const wheel = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(Math.exp((-event.deltaY * unit) / 300), event.offsetX);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      pan((event.deltaX !== 0 ? event.deltaX : event.deltaY) * unit);
    }
  };
  element.addEventListener('wheel', wheel, { passive: false });
  return () => element.removeEventListener('wheel', wheel);
}
