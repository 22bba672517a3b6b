/** A Whisper folder that lies on a server: which of its files to fetch, small ones first, so that another model is refused before its weights come. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DOWNLOAD_STAGE } from '#contract/jobs/job.ts';
import type { WorkContext } from '#main/jobs/work.ts';
import { GRAPHS, JSON_FILES, type WhisperFiles } from '#models/speech/whisper/folder.ts';
import { folderSource } from '../folder-source.ts';
import { MOST_GRAPH_BYTES } from '../import-whisper.ts';
import { lookAtWhisper, MOST_JSON_BYTES } from '../look-at-whisper.ts';
import type { ModelSource } from '../source.ts';
import { nameOf } from './address-name.ts';
import { connectionFailed, ConnectionLost, noModelThere, NotThere } from './errors.ts';
import { fetchFile, type OnBytes, type Patience } from './fetch-file.ts';
import { ask, isPage, wholeNumber } from './request.ts';

/** Throws what fetchFile does, 'download-no-model', and what lookAtWhisper does. */
export async function fetchWhisperFolder(
  address: URL,
  { folder, modelsFolder, patience }: { folder: string; modelsFolder: string; patience: Patience },
  context: WorkContext,
): Promise<ModelSource> {
  const { signal } = context;
  const fileOf = (name: string): string => path.join(folder, name);
  const base = await baseOf(address, fileOf(JSON_FILES.config), patience, signal);
  const fetchNamed = async (name: string, mostBytes: number, onBytes?: OnBytes): Promise<void> => {
    try {
      const wanted = { address: new URL(name, base), file: fileOf(name), mostBytes };
      await fetchFile(wanted, patience, signal, onBytes);
    } catch (thrown) {
      throw thrown instanceof NotThere ? noModelThere(`${name} is missing (${thrown.message})`) : thrown;
    }
  };
  for (const name of [JSON_FILES.generation, JSON_FILES.preprocessor, JSON_FILES.tokenizer])
    await fetchNamed(name, MOST_JSON_BYTES);
  const source = async (): Promise<ModelSource> => ({
    ...(await folderSource(folder)),
    name: nameOf(address),
  });
  await lookAtWhisper(await source(), modelsFolder, signal);

  const { encoder, decoder, bytes } = await graphsAt(base, patience, signal);
  await mkdir(fileOf('onnx'), { recursive: true });
  const report = context.stage(DOWNLOAD_STAGE);
  let before = 0;
  for (const name of [encoder, decoder]) {
    let came = 0;
    await fetchNamed(name, MOST_GRAPH_BYTES, (now) => {
      came = now;
      context.holds(before + now);
      if (bytes !== null) report.progress((before + now) / bytes);
    });
    before += came;
  }
  return source();
}

/** Where config.json lies: at the address, or where a model hub keeps the files of the page that the person pasted. */
async function baseOf(address: URL, file: string, patience: Patience, signal: AbortSignal): Promise<URL> {
  let why = '';
  for (const base of basesOf(address))
    try {
      const wanted = { address: new URL(JSON_FILES.config, base), file, mostBytes: MOST_JSON_BYTES };
      await fetchFile(wanted, patience, signal);
      return base;
    } catch (thrown) {
      if (!(thrown instanceof NotThere)) throw thrown;
      why ||= thrown.message;
    }
  throw noModelThere(`${JSON_FILES.config} is missing (${why})`);
}

/** A page of a hub is at …/model, or at …/model/tree/version; its files are at …/model/resolve/version. */
function basesOf(address: URL): URL[] {
  const folder = new URL(address);
  folder.search = folder.hash = '';
  if (!folder.pathname.endsWith('/')) folder.pathname += '/';
  const tree = /\/tree\/(?=[^/]+\/$)/;
  const page = tree.test(folder.pathname)
    ? folder.href.replace(tree, '/resolve/')
    : `${folder.href}resolve/main/`;
  return [folder, new URL(page)];
}

/** The graphs that an import would take, and how long they are together, where the server says it. */
async function graphsAt(
  base: URL,
  patience: Patience,
  signal: AbortSignal,
): Promise<WhisperFiles & { bytes: number | null }> {
  for (const graphs of GRAPHS) {
    const [encoder, decoder] = await Promise.all(
      [graphs.encoder, graphs.decoder].map((name) => lookFor(new URL(name, base), patience, signal)),
    );
    if (!encoder || !decoder) continue;
    const apart = await Promise.all(
      [graphs.encoder, graphs.decoder].map((name) =>
        lookFor(new URL(`${name}_data`, base), patience, signal),
      ),
    );
    // Its numbers lie in files of their own: an import wouldn't take it.
    if (apart.some((found) => found !== null)) continue;
    const bytes = encoder.bytes === null || decoder.bytes === null ? null : encoder.bytes + decoder.bytes;
    return { ...graphs, bytes };
  }
  throw noModelThere('onnx/encoder_model_quantized.onnx and the decoder that goes with it are missing');
}

/** Null where the server has no such file. */
async function lookFor(
  address: URL,
  { stallMs }: Patience,
  signal: AbortSignal,
): Promise<{ bytes: number | null } | null> {
  try {
    const asked = { signal, stallMs };
    let answer = await ask(address, { ...asked, method: 'HEAD' });
    answer.body.destroy();
    // Some servers know no HEAD, and where a hub leads to may be open to GET alone.
    if (answer.status !== 200 && answer.status !== 404) answer = await ask(address, asked);
    answer.body.destroy();
    const { status, headers, linkedBytes } = answer;
    const there = status === 200 && !isPage(headers);
    return there ? { bytes: linkedBytes ?? wholeNumber(headers['content-length']) } : null;
  } catch (thrown) {
    throw thrown instanceof ConnectionLost ? connectionFailed(address.host, thrown.cause) : thrown;
  }
}
