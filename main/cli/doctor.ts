/** `attune doctor`: what this machine can run, and why not. */
import type { Engine } from '#main/engine.ts';
import { toolVersions } from '#main/hosts/media/versions.ts';
import { doctorText, examine } from '#main/services/system/doctor.ts';
import type { ModelTask } from '#contract/models/manifest.ts';
import type { SettingsStore } from '#main/platform/settings-store.ts';

const LOADED: ModelTask[] = [
  'voice-activity',
  'speech-recognition',
  'text-emotion',
  'voice-emotion',
  'face-detection',
  'face-emotion',
];

export async function doctorCommand(
  _args: string[],
  engine: Engine,
  _signal: AbortSignal,
  settings: SettingsStore,
): Promise<number> {
  // Loading tells what really runs here; a model that can't be loaded is reported by its state.
  await engine.inference.call('models.load', { tasks: LOADED }).catch(() => undefined);
  const report = await examine({
    version: engine.version,
    shell: 'command line',
    inference: engine.inference,
    mediaVersions: () => toolVersions(settings.get()),
    keychainAvailable: () => Promise.resolve(false),
  });
  process.stdout.write(doctorText(report));
  return report.checks.some((c) => c.outcome === 'failed') ? 1 : 0;
}
