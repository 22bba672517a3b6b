/** What the loopback server answers, once it knows who asks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AttuneError, toErrorData } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Envelope } from '#contract/methods/envelope.ts';
import { CALL_PATH, MEDIA_PATH, UPLOAD_NAME_HEADER, UPLOAD_PATH } from '#contract/methods/http.ts';
import { isMethodName } from '#contract/methods/table.ts';
import { dispatch } from '../dispatch.ts';
import type { DispatchOptions } from '../dispatch.ts';
import type { MediaSource, UploadSink } from '../handlers.ts';
import { pageFile } from '../page-files.ts';
import { BODY_LIMIT_BYTES, readJson } from './body.ts';
import { answerMedia } from './media.ts';

export interface RouteOptions extends DispatchOptions {
  readonly uploads: UploadSink;
  readonly media: MediaSource;
  /** Folder of the built interface. */
  readonly pageFolder: string;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  'method-unknown': 404,
  'argument-invalid': 400,
  'sender-untrusted': 403,
  'file-too-large': 413,
};

export function sendEnvelope(response: ServerResponse, envelope: Envelope): void {
  if (response.headersSent || response.destroyed) return;
  const status = envelope.ok ? 200 : (STATUS[envelope.error.code] ?? 200);
  const headers: Record<string, string> = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  };
  // What is left of a refused body is not read: the connection ends with the answer.
  if (status === 413) headers['connection'] = 'close';
  response.writeHead(status, headers).end(JSON.stringify(envelope));
}

/** A POST by a page of ours. */
export async function answerPost(
  options: RouteOptions,
  urlPath: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (urlPath === UPLOAD_PATH) {
      const value = await options.uploads.receive(uploadName(request), request as AsyncIterable<Uint8Array>);
      sendEnvelope(response, { ok: true, value });
      return;
    }
    const method = urlPath.startsWith(CALL_PATH) ? urlPath.slice(CALL_PATH.length) : '';
    const known = isMethodName(method) ? method : null;
    const input = known === null ? undefined : await readJson(request, BODY_LIMIT_BYTES);
    sendEnvelope(response, await dispatch(options, { sender: 'browser', method, input }));
  } catch (thrown) {
    const error = toErrorData(thrown);
    options.onFailure(null, error.code);
    sendEnvelope(response, { ok: false, error });
  }
}

function uploadName(request: IncomingMessage): string {
  const header = request.headers[UPLOAD_NAME_HEADER];
  try {
    const name = typeof header === 'string' ? decodeURIComponent(header) : '';
    if (name.length > 0 && name.length <= 1024) return name;
  } catch {
    // Falls through to the refusal.
  }
  throw new AttuneError('argument-invalid', 'The file has no name that Attune can read.');
}

/** A GET or HEAD by a page of ours: the interface itself, or a recording. */
export async function answerGet(
  options: RouteOptions,
  urlPath: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (urlPath.startsWith(MEDIA_PATH))
    return answerMedia(options.media, urlPath.slice(MEDIA_PATH.length), request, response);
  const file = await pageFile(options.pageFolder, urlPath);
  if (file === null) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': file.contentType,
    'content-length': file.body.length,
    'cache-control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}
