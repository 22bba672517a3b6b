/** `npm run bench [-- NAME…]`: prints figures, never passes or fails on a time. */
import os from 'node:os';
import path from 'node:path';
import { createEngine, type Engine } from '#main/engine.ts';
import { hostLaunchers } from '#main/host-launchers.ts';
import { SettingsStore } from '#main/platform/settings-store.ts';
import { benchAnalysis } from './analysis.ts';
import { benchCancel } from './cancel.ts';
import { benchExplanations } from './explanations.ts';
import { benchKnownVoices } from './known-voices.ts';
import { benchHour } from './hour.ts';
import { benchMemoryGrowth } from './memory-growth.ts';
import { benchRecognisers } from './recognisers.ts';
import { benchRobustness } from './robustness.ts';
import { benchDiarisation } from './diarisation/diarisation.ts';
import { benchStart } from './start.ts';
import { benchTexts } from './texts.ts';
import { benchWeights } from './weights.ts';
import { benchWordTimes } from './word-times.ts';

const BENCHES: Record<string, (engine: Engine, modelsFolder: string) => Promise<void>> = {
  analysis: benchAnalysis,
  cancel: benchCancel,
  explanations: benchExplanations,
  start: benchStart,
  memory: benchMemoryGrowth,
  recognisers: benchRecognisers,
  texts: benchTexts,
  hour: benchHour,
  robustness: benchRobustness,
  weights: benchWeights,
  diarisation: benchDiarisation,
  'known-voices': benchKnownVoices,
  'word-times': benchWordTimes,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
console.log(
  `${os.availableParallelism()} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
);
// Settings of their own, so that a person's choices don't change the figures.
const { store } = await SettingsStore.load(path.join(os.tmpdir(), 'attune-bench-settings.json'));
const modelsFolder = path.join(os.tmpdir(), 'attune-bench-models');
for (const name of names) {
  const bench = BENCHES[name];
  if (!bench) {
    console.error(`There is no bench "${name}": ${Object.keys(BENCHES).join(', ')}.`);
    process.exitCode = 2;
    continue;
  }
  const engine = await createEngine(store, hostLaunchers(null).inference, modelsFolder);
  try {
    await bench(engine, modelsFolder);
  } finally {
    await engine.dispose();
  }
}
