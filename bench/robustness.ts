/** What becomes of each modality's figures when the material gets worse; writes docs/models/ROBUSTNESS.md and robustness.json. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Engine } from '#main/engine.ts';
import { dataFolder, openTextFolder } from '#main/services/evaluation/corpora/files.ts';
import { manifestsOf, weightTag } from '#main/services/evaluation/weights.ts';
import type { Outcome } from './robustness/condition.ts';
import { faceSuite } from './robustness/face/suite.ts';
import { robustnessPage } from './robustness/page.ts';
import { recorded } from './robustness/record.ts';
import { textSuite } from './robustness/text/suite.ts';
import { voiceSuite } from './robustness/voice/suite.ts';

const root = path.resolve(import.meta.dirname, '..');
const shared = path.resolve(root, '../shared');
const pages = path.join(root, 'docs/models');

export async function benchRobustness(engine: Engine): Promise<void> {
  const data = dataFolder(shared);
  const text = await openTextFolder(data, undefined);
  const { inference, media, models } = engine;
  const by = { inference, media, models, signal: new AbortController().signal };
  const outcomes: Outcome[] = [];
  try {
    for (const suite of [textSuite(data, text.path, by), voiceSuite(data, by), faceSuite(data, by)])
      for await (const outcome of suite) {
        const { set, title, n, accuracy, uar, macroF1, ece, note } = outcome;
        if (outcomes.at(-1)?.set !== set) console.log(`\n${set}`);
        console.log(
          `  ${title}: n ${n}, accuracy ${accuracy}, UAR ${uar}, macro-F1 ${macroF1}, ECE ${ece}${note ? `; ${note}` : ''}`,
        );
        outcomes.push(outcome);
      }
  } finally {
    await text.remove();
  }
  const tasks = ['text-emotion', 'voice-emotion', 'face-emotion'] as const;
  const weights = (await Promise.all(tasks.map(manifestsOf))).flat().map(weightTag);
  const record = recorded(path.join(pages, 'robustness.json'), { weights, outcomes });
  writeFileSync(path.join(pages, 'ROBUSTNESS.md'), robustnessPage(record));
  console.log('\nwrote docs/models/ROBUSTNESS.md and robustness.json');
}
