/** How a download fails, each with what was kept and what helps. */
import { AttuneError } from '#contract/errors.ts';
import { kept } from '../look-at-whisper.ts';

/** @param lock the file that says so, for whoever knows better */
export const underWay = (lock: string): AttuneError =>
  new AttuneError('download-under-way', 'Another Attune is downloading from that address.', {
    kept: 'That download goes on; nothing was changed.',
    remedy: `Wait until it has ended, or cancel it there. If it surely runs nowhere, delete the file ${lock} in the folder of the models.`,
  });

/** The connection was refused, broke off or fell silent; another try may do better. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The server answers, but has no such file: a status that says so, or a page for people in its place. */
export class NotThere extends Error {
  override readonly name = 'NotThere';
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/;

export function connectionFailed(host: string, cause: unknown): AttuneError {
  const code = cause instanceof Error ? String((cause as NodeJS.ErrnoException).code) : '';
  const what = CERTIFICATE.test(code)
    ? `${host} could not prove that it is who it says.`
    : code === 'ENOTFOUND' || code === 'EAI_AGAIN'
      ? `${host} was not found: the address is wrong, or this machine is not online.`
      : `The connection to ${host} could not be made, or broke off.`;
  return failed(what, cause);
}

export const answeredWith = (host: string, status: number): AttuneError =>
  failed(`${host} answered with the status ${status}.`);

const failed = (what: string, cause?: unknown): AttuneError =>
  new AttuneError('download-failed', what, {
    kept: 'Nothing was brought in; what came is kept.',
    remedy: 'Download from the same address again: it goes on where it stopped, if the server lets it.',
    cause,
  });

export const noModelThere = (what: string): AttuneError =>
  new AttuneError('download-no-model', `There is no whole Whisper model at that address: ${what}.`, {
    kept,
    remedy:
      'Give the address of a folder in the layout that onnx-community publishes, of its page, or of a ZIP archive.',
  });

/** @param how goes after "The file …" */
export const mismatch = (file: string, how: string): AttuneError =>
  new AttuneError('download-mismatch', `The file ${file} ${how}.`, {
    kept: 'Nothing was brought in, and that file was deleted.',
    remedy: 'Download again; if it happens again, the file or the stated hash is wrong.',
  });

export const refusedRedirect = (host: string, why: string): AttuneError =>
  new AttuneError('download-redirected', `${host} led to ${why}, and the download was stopped.`, {
    kept,
    remedy: 'Take another address.',
  });
