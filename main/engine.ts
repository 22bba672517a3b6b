/** The parts that every analysis needs, whichever shell asks: models in their host, and the media tools. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { hostEntry } from './hosts/entries.ts';
import type { InferenceConfig } from './hosts/inference/config.ts';
import type { InferenceTasks } from './hosts/inference/tasks.ts';
import type { Launcher } from './hosts/launcher.ts';
import { createMediaTools, type MediaToolsWithProxy } from './hosts/media/create-media-tools.ts';
import { HostSupervisor, type HostEvent } from './hosts/supervisor.ts';
import { importedModels } from './platform/imported-models.ts';
import { programFolder } from './platform/program-folder.ts';
import type { SettingsStore } from './platform/settings-store.ts';
import { listManifests } from './platform/weights.ts';
import { ModelsInUse } from './services/analysis/models-in-use.ts';

export interface Engine {
  readonly inference: HostSupervisor<InferenceTasks>;
  readonly media: MediaToolsWithProxy;
  readonly models: ModelsInUse;
  /** The Whisper models that the person brought, as they are now. */
  whispers(): Promise<ModelManifest[]>;
  /** Attune's own version. */
  readonly version: string;
  /** The host runs with settings that have changed since; `refresh` gives it the new ones. */
  outdated(): boolean;
  /** Ends the host, cancelling what runs in it; the next call starts it with the settings of then. */
  refresh(): Promise<void>;
  /** Cancels what runs and ends the host. */
  dispose(): Promise<void>;
}

export function attuneVersion(): string {
  const text = readFileSync(path.join(programFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Starts nothing yet: the host comes up with the first call. */
export async function createEngine(
  settings: SettingsStore,
  launcher: Launcher,
  /** Where the models lie that the person brought. */
  modelsFolder: string,
  onEvent?: (event: HostEvent) => void,
): Promise<Engine> {
  let crashed = false;
  const config = (): InferenceConfig => {
    const { executionProvider, threads } = settings.get();
    // A GPU driver can take the whole process down: after a crash the CPU does the work until Attune is started again.
    return { executionProvider: crashed ? 'cpu' : executionProvider, threads, imported: modelsFolder };
  };
  let running: InferenceConfig | null = null;
  const inference = new HostSupervisor<InferenceTasks>({
    label: 'inference',
    launch: () => launcher(hostEntry('inference')),
    config: () => (running = config()),
    onEvent(event) {
      crashed ||= event.kind === 'ended' && event.why === 'crash';
      onEvent?.(event);
    },
  });
  return {
    inference,
    media: createMediaTools(() => settings.get()),
    models: new ModelsInUse(await listManifests()),
    async whispers() {
      const all = (await importedModels(modelsFolder)).map(({ manifest }) => manifest);
      return all.filter(({ task }) => task === 'speech-recognition-multilingual');
    },
    version: attuneVersion(),
    outdated: () => inference.status().running && JSON.stringify(running) !== JSON.stringify(config()),
    refresh: () => inference.stop(),
    dispose: () => inference.dispose(),
  };
}
