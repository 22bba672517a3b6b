/** The same methods and events over the loopback server that sent this page. Its cookie goes along by itself. */
import { AttuneError } from '#contract/errors.ts';
import type { AttuneApi } from '#contract/methods/api.ts';
import { unwrap } from '#contract/methods/bridge.ts';
import type { EventName, EventPayload } from '#contract/methods/events.ts';
import { CALL_PATH, uploadAnswer, UPLOAD_NAME_HEADER, UPLOAD_PATH } from '#contract/methods/http.ts';
import type { ImportSource, MethodOutput } from '#contract/methods/table.ts';
import { EventStream } from './event-stream.ts';
import type { Connection } from './index.ts';

async function post(path: string, init: RequestInit): Promise<unknown> {
  let answer: unknown;
  try {
    const response = await fetch(path, { ...init, method: 'POST', credentials: 'same-origin' });
    answer = await response.json();
  } catch (cause) {
    throw new AttuneError('host-unresponsive', 'Attune does not answer.', {
      kept: 'What was stored is kept.',
      remedy: 'If it was closed, start it again.',
      cause,
    });
  }
  return unwrap(answer);
}

async function upload(file: File): Promise<ImportSource> {
  const headers = { [UPLOAD_NAME_HEADER]: encodeURIComponent(file.name) };
  const { uploadId } = uploadAnswer.parse(await post(UPLOAD_PATH, { body: file, headers }));
  return { kind: 'upload', uploadId, name: file.name };
}

export function httpApi(onConnection: (connection: Connection) => void): AttuneApi {
  const stream = new EventStream(onConnection);
  return {
    call: async (method, input) => {
      const init = { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } };
      return (await post(CALL_PATH + method, init)) as MethodOutput<typeof method>;
    },
    on: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) =>
      stream.listen(event, (payload) => listener(payload as EventPayload<E>)),
    sourceOf: upload,
  };
}
