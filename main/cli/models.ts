/** `attune models`: recognisers that a person brings, without a window. */
import path from 'node:path';
import { AttuneError } from '#contract/errors.ts';
import { downloadRequest } from '#contract/models/address.ts';
import { modelTag } from '#contract/models/manifest.ts';
import type { Engine } from '#main/engine.ts';
import { asJob } from '#main/jobs/as-job.ts';
import { JobRegistry } from '#main/jobs/registry.ts';
import { silentWork } from '#main/jobs/silent-work.ts';
import { downloadFolder, importedModels } from '#main/platform/imported-models.ts';
import type { AttunePaths } from '#main/platform/paths.ts';
import type { SettingsStore } from '#main/platform/settings-store.ts';
import { importWhisper } from '#main/services/models/import-whisper.ts';
import { titleOf } from '#main/services/models/download/address-name.ts';
import { DOWNLOAD_MODEL_STAGES, downloadModel } from '#main/services/models/download/download-model.ts';
import { pathSource } from '#main/services/models/path-source.ts';
import { argumentsDontFit, readArguments } from './arguments.ts';
import { ProgressLine } from './progress-line.ts';

export const MODELS_HELP = `attune models
attune models import FOLDER|FILE.zip
attune models download ADDRESS [--sha256 HEX]
  Lists the Whisper models that were brought in, or brings one in: a folder in the layout that onnx-community publishes, or that
  folder as one ZIP archive. It is checked, copied and tried before anything uses it.
  Downloads one: connects to ADDRESS, and to where it leads, and sends nothing but the request for the files. ADDRESS is that of such a
  folder, of its page on a model hub, or of a ZIP archive; it begins with https:// (http:// on this machine alone) and holds neither
  name nor password. Cut off, interrupted (Ctrl+C) or killed, it keeps what came, and the same command goes on from there.
  --sha256 HEX    what the archive's SHA-256 must be`;

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
  if (what === 'download') return download(args.slice(1), engine, signal, modelsFolder);
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

async function download(
  args: string[],
  { inference }: Engine,
  signal: AbortSignal,
  modelsFolder: string,
): Promise<number> {
  const { values, positionals } = readArguments(MODELS_HELP, {
    args,
    allowPositionals: true,
    options: { sha256: { type: 'string' } },
  });
  const request = downloadRequest.safeParse({
    address: positionals[0],
    sha256: values.sha256?.toLowerCase() ?? null,
  });
  if (!request.success || positionals.length > 1) throw argumentsDontFit(MODELS_HELP);
  const jobs = new JobRegistry();
  const line = new ProgressLine(process.stderr);
  jobs.onChange((job) => line.show(job));
  signal.addEventListener('abort', () => jobs.list().forEach(({ id }) => jobs.cancel(id, true)));
  const address = new URL(request.data.address);
  const about = { kind: 'model' as const, title: titleOf(address), sessionId: null, recordingId: null };
  try {
    const manifest = await asJob(jobs, { ...about, stages: DOWNLOAD_MODEL_STAGES }, (context) =>
      downloadModel(request.data, { modelsFolder, inference }, context),
    );
    line.clear();
    process.stdout.write(`${modelTag(manifest)}  ${manifest.title}\n`);
    return 0;
  } catch (thrown) {
    line.clear();
    const held = jobs.list()[0]?.heldBytes ?? 0;
    throw signal.aborted ? stopped(held, path.join(modelsFolder, downloadFolder(address.href))) : thrown;
  }
}

const stopped = (bytes: number, folder: string): AttuneError =>
  new AttuneError('cancelled', 'The download was stopped.', {
    kept: `What came is kept (${(bytes / 1e6).toFixed(1)} MB of weights).`,
    remedy: `The same command goes on from there. A download clears it away when nobody did so for a week; to be rid of it now, delete ${folder}.`,
  });
