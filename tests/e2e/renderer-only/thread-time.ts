/** Milliseconds of its own that a page's main thread has worked so far: other programs of a busy machine don't count. */
import type { Page } from 'playwright-core';

export async function threadTime(page: Page): Promise<() => Promise<number>> {
  const metrics = await page.context().newCDPSession(page);
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics: all } = await metrics.send('Performance.getMetrics');
    return 1000 * all.find(({ name }) => name === 'TaskDuration')!.value;
  };
}
