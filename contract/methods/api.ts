/** The one interface the renderer programs against, whichever shell it runs in. */
import type { EventName, EventPayload } from './events.ts';
import type { ImportSource, MethodInput, MethodName, MethodOutput } from './table.ts';

export interface AttuneApi {
  /** Rejects with an AttuneError. */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** Returns the function that stops listening. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** A dropped or chosen file as an import source: its path in Electron, an upload in the browser window. */
  sourceOf(file: File): Promise<ImportSource>;
}
