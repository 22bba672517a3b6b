/** What reading rows needs. */
import type { HostClient } from '#main/hosts/client.ts';
import type { InferenceTasks } from '#main/hosts/inference/tasks.ts';
import type { MediaTools } from '#main/hosts/media/media.ts';
import type { ModelsInUse } from '#main/services/analysis/models-in-use.ts';
import type { Sureness } from './row.ts';

export interface PredictionParts {
  readonly inference: HostClient<InferenceTasks>;
  readonly media: MediaTools;
  readonly models: ModelsInUse;
  /** Where the rows lie: a relative path that leads nowhere from the working folder is looked for from here. */
  readonly folder?: string;
  /** When a row abstains; left out: where an analysis does. */
  readonly sureness?: Sureness;
}
