/** `attune models`: recognisers that a person brings, without a window. */
import { modelTag } from '#contract/models/manifest.ts';
import type { Engine } from '#main/engine.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import type { AttunePaths } from '#main/platform/paths.ts';
import type { SettingsStore } from '#main/platform/settings-store.ts';
import { importWhisper } from '#main/services/models/import-whisper.ts';
import { pathSource } from '#main/services/models/model-library.ts';
import { argumentsDontFit } from './arguments.ts';

export const MODELS_HELP = `attune models
attune models import FOLDER|FILE.zip
  Lists the Whisper models that were brought in, or brings one in: a folder in the layout that onnx-community publishes, or that
  folder as one ZIP archive. It is checked, copied and tried before anything uses it.`;

export async function modelsCommand(
  args: string[],
  engine: Engine,
  signal: AbortSignal,
  _settings: SettingsStore,
  { models: modelsFolder }: AttunePaths,
): Promise<number> {
  const [what, place] = args;
  if (what === undefined) {
    const all = await importedModels(modelsFolder);
    for (const { manifest } of all)
      process.stdout.write(`${modelTag(manifest)}  ${manifest.title}: ${manifest.languages.join(' ')}\n`);
    if (all.length === 0) process.stdout.write('No model was brought in.\n');
    return 0;
  }
  if (what !== 'import' || place === undefined || args.length > 2) throw argumentsDontFit(MODELS_HELP);
  const source = await pathSource(place);
  try {
    const parts = { modelsFolder, inference: engine.inference };
    const manifest = await importWhisper(source, parts, silentWork(signal));
    process.stdout.write(`${modelTag(manifest)}  ${manifest.title}\n`);
  } finally {
    await source.close();
  }
  return 0;
}
