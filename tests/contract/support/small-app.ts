/** A small real program behind the shells: settings, the view and one recording of plain bytes; the rest refuses. */
import { AttuneError } from '#contract/errors.ts';
import { METHOD_NAMES } from '#contract/methods/table.ts';
import type { ViewState } from '#contract/methods/table.ts';
import { settings as settingsSchema } from '#contract/system/settings.ts';
import type { Settings } from '#contract/system/settings.ts';
import type { App, AttuneEvent, Handlers } from '#main/ipc/handlers.ts';

export interface SmallApp extends App {
  readonly calls: string[];
  readonly received: { name: string; bytes: number }[];
  emit(event: AttuneEvent): void;
}

export const MEDIA_BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

export function smallApp(): SmallApp {
  const calls: string[] = [];
  const received: { name: string; bytes: number }[] = [];
  const listeners = new Set<(event: AttuneEvent) => void>();
  let settings: Settings = settingsSchema.parse({});
  let view: ViewState | null = null;

  const locked = Object.fromEntries(
    METHOD_NAMES.map((name) => [
      name,
      () => Promise.reject(new AttuneError('workspace-locked', 'The workspace is locked.')),
    ]),
  ) as unknown as Handlers;
  const table: Handlers = {
    ...locked,
    'app.settings': () => Promise.resolve(settings),
    'app.updateSettings': (patch) => {
      settings = settingsSchema.parse({ ...settings, ...patch });
      return Promise.resolve(settings);
    },
    'app.view': () => Promise.resolve(view),
    'app.rememberView': (given) => {
      view = given;
      return Promise.resolve({});
    },
    'library.list': () => Promise.resolve({ sessions: [] }),
  };
  const handlers = Object.fromEntries(
    METHOD_NAMES.map((name) => [
      name,
      (input: never, context: never) => {
        calls.push(name);
        return (table[name] as (input: never, context: never) => Promise<unknown>)(input, context);
      },
    ]),
  ) as unknown as Handlers;

  return {
    calls,
    received,
    handlers,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    events: {
      onEvent(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    uploads: {
      async receive(name, body) {
        let bytes = 0;
        for await (const piece of body) bytes += piece.length;
        received.push({ name, bytes });
        return { uploadId: `upload-${received.length}` };
      },
    },
    media: {
      open: (token) =>
        Promise.resolve(
          token !== 'good-token'
            ? null
            : {
                sizeBytes: MEDIA_BYTES.length,
                mimeType: 'audio/wav',
                async *read(start, end) {
                  await Promise.resolve();
                  for (let at = start; at < end; at += 300)
                    yield MEDIA_BYTES.slice(at, Math.min(end, at + 300));
                },
              },
        ),
    },
    openFiles: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
