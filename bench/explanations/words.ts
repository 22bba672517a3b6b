/** Words: deletion in the order of their effects against random order. */
import { topCategory } from '#contract/emotion/categories.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { explainText, type AskText } from '#models/explanation/text/explain.ts';
import { textWithout } from '#models/explanation/text/words.ts';
import { compareOrders, type Comparison } from './deletion.ts';

export async function compareWords(
  text: string,
  inference: HostClient<InferenceTasks>,
  random: () => number,
  clockMs: () => number = () => performance.now(),
): Promise<Comparison & { explainMs: number }> {
  const ask: AskText = async (texts) => {
    const { readings } = await inference.call('text.read', { items: texts.map((each) => ({ text: each })) });
    return readings.map(({ probabilities }) => probabilities);
  };
  const from = clockMs();
  const { parts, probabilities } = await explainText(text, null, ask);
  const explainMs = clockMs() - from;
  const category = topCategory(probabilities);
  const c = probabilities.indexOf(Math.max(...probabilities));
  const comparison = await compareOrders(
    parts.map(({ effect }) => effect[c]!),
    category,
    (left) => ask(left.map((gone) => textWithout(text, parts, gone))),
    random,
    true,
  );
  return { ...comparison, explainMs };
}
