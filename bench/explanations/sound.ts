/** Patches of sound: deletion in the order of their effects against random order. */
import { argmax, CATEGORIES } from '#contract/emotion/categories.ts';
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import { explainVoice, type AskVoice, type VoiceFindings } from '#models/explanation/voice/explain.ts';
import { toSample } from '#models/sound-rate.ts';
import { compareOrders, type Comparison } from './deletion.ts';

/** @param samples one utterance, 16 kHz mono, read without a baseline */
export async function compareSound(
  samples: Float32Array,
  inference: HostClient<InferenceTasks>,
  random: () => number,
  clockMs: () => number = () => performance.now(),
): Promise<Comparison & { explainMs: number }> {
  const ask: AskVoice = async (sound, changes) => {
    const { utterances } = await inference.call('voice.embedChanged', { samples: sound, changes });
    const answers = [];
    for (const utterance of utterances) {
      const { readings } = await inference.call('voice.read', { utterances: [utterance], baseline: false });
      answers.push(readings[0]!.probabilities);
    }
    return answers;
  };
  const [reading] = await ask(samples, [{ kind: 'cut', spans: [] }]);
  const c = argmax(reading!);
  const from = clockMs();
  const findings = await explainVoice(samples, 0, reading!, ask);
  const explainMs = clockMs() - from;
  const cells = cellScores(findings, c);
  const comparison = await compareOrders(
    cells.map(({ score }) => score),
    CATEGORIES[c]!,
    (left) =>
      ask(
        samples,
        left.map((gone) => ({
          kind: 'quieten',
          patches: [...gone].map((i) => {
            const { column, band } = cells[i]!;
            const { startMs, endMs } = findings.columns[column]!.span;
            return { start: toSample(startMs), end: toSample(endMs), bands: [band] };
          }),
        })),
      ),
    random,
    false,
  );
  return { ...comparison, explainMs };
}

/** Every cell: its column's and its band's effect in equal parts, and its own where the model was asked about it. */
function cellScores(
  { columns, bands, cells }: VoiceFindings,
  c: number,
): { column: number; band: number; score: number }[] {
  return columns.flatMap(({ effect }, column) =>
    bands.map((whole, band) => {
      const own = cells.find((cell) => cell.column === column && cell.band === band);
      const shared = effect[c]! / bands.length + whole.effect[c]! / columns.length;
      return { column, band, score: shared + (own?.effect[c] ?? 0) };
    }),
  );
}
