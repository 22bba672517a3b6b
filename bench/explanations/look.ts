/** Cells of a face: deletion in the order of their effects against random order. */
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { explainFace, type AskFace } from '#models/explanation/face/explain.ts';
import { cellBox } from '#models/explanation/face/grid.ts';
import { blurred, occluded } from '#models/explanation/face/occlude.ts';
import type { Frame, Point } from '#models/face/frame.ts';
import { compareOrders, type Comparison } from './deletion.ts';

/** @param crop an aligned face whose five points lie at `points`, in fractions of its side */
export async function compareLook(
  crop: Frame,
  points: readonly Point[],
  inference: HostClient<InferenceTasks>,
  random: () => number,
  clockMs: () => number = () => performance.now(),
): Promise<Comparison & { explainMs: number }> {
  const ask: AskFace = async (crops) => {
    const frames = crops.map((each) => ({ ...each, timeMs: 0 }));
    const { readings } = await inference.call('face.readCropped', { frames });
    return readings.map(({ probabilities }) => probabilities);
  };
  const from = clockMs();
  const { grid, probabilities } = await explainFace(crop, points, ask);
  const explainMs = clockMs() - from;
  const c = argmax(probabilities);
  const blur = blurred(crop);
  const comparison = await compareOrders(
    grid.effects.map((effect) => effect[c]!),
    CATEGORIES[c]!,
    (left) =>
      ask(left.map((gone) => (gone.size === 0 ? crop : occluded(crop, blur, [...gone].map(cellBox))))),
    random,
    true,
  );
  return { ...comparison, explainMs };
}
