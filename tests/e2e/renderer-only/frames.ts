/**
 * Frame times of an hour at 10 points a second: `node tests/e2e/renderer-only/frames.ts`. Prints the work of a frame (script, from the
 * change of the view to the end of painting into the canvas) and the gaps between frames, while panning and zooming. No pass or fail.
 */
import { rendererOnly } from './renderer-only.ts';
import { threadTime } from './thread-time.ts';

const { address, browser, close } = await rendererOnly();
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
const taskMs = await threadTime(page);
const began = Date.now();
await page.goto(`${address}?minutes=60&step=100&panel=session&library=quiet&time=1200`);
await page.waitForSelector('canvas');
process.stdout.write(`first lanes of an hour after ${Date.now() - began} ms (fixture made in the page)\n`);

/** Runs in the page: one wheel event a frame on the lanes. */
const drive = (kind: 'pan' | 'zoom'): Promise<{ work: number[]; gaps: number[] }> =>
  page.evaluate(async (kind_) => {
    const canvas = document.querySelector<HTMLElement>('.plot canvas')!;
    const box = canvas.getBoundingClientRect();
    const work: number[] = [];
    const gaps: number[] = [];
    let last = performance.now();
    for (let i = 0; i < 180; i++) {
      const start = await new Promise<number>((resolve) =>
        requestAnimationFrame(() => resolve(performance.now())),
      );
      gaps.push(start - last);
      last = start;
      const zoomIn = Math.floor(i / 45) % 2 === 0;
      canvas.dispatchEvent(
        new WheelEvent('wheel', {
          bubbles: true,
          cancelable: true,
          clientX: box.left + box.width / 2,
          clientY: box.top + 60,
          deltaY: kind_ === 'pan' ? (zoomIn ? 40 : -40) : zoomIn ? -40 : 40,
          ctrlKey: kind_ === 'zoom',
          shiftKey: kind_ === 'pan',
        }),
      );
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    for (const entry of performance.getEntriesByName('attune:lanes')) work.push(entry.duration);
    performance.clearMeasures('attune:lanes');
    return { work, gaps };
  }, kind);

const quantile = (values: number[], q: number): string =>
  (values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0).toFixed(1);
const line = (name: string, values: number[]): string =>
  `${name}: p50 ${quantile(values, 0.5)} ms, p95 ${quantile(values, 0.95)} ms, max ${quantile(values, 1)} ms (${values.length})\n`;

for (const [name, keys, kind] of [
  ['pan, half an hour in view', '+', 'pan'],
  ['pan, four minutes in view', '++++', 'pan'],
  ['zoom, hour to seconds and back', '0', 'zoom'],
] as const) {
  await page.keyboard.press('0');
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  await page.evaluate(() => performance.clearMeasures('attune:lanes'));
  const before = await taskMs();
  const { work, gaps } = await drive(kind);
  const perEvent = ((await taskMs()) - before) / 180;
  process.stdout.write(line(`${name}, painting all lanes`, work));
  process.stdout.write(`${name}, main thread in all: ${perEvent.toFixed(1)} ms of its own time a frame\n`);
  process.stdout.write(line(`${name}, between frames (of this busy or idle machine)`, gaps));
}
await close();
