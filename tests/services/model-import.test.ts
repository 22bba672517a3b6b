/** Whisper folders and archives coming in, with a real host that tries them; most of them should not come in. */
import { mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelManifest } from '#contract/models/manifest.ts';
import { importedModels } from '#main/platform/imported-models.ts';
import { importWhisper } from '#main/services/models/import-whisper.ts';
import { pathSource } from '#main/services/models/path-source.ts';
import { NotedWork } from '../fixtures/work.ts';
import { tinyWhisper, writeFolder } from '../fixtures/whisper.ts';
import { startInference } from '../hosts/fixtures/inference.ts';

let home: string;
let modelsFolder: string;
const inference = startInference();
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'attune-model-import-'));
  modelsFolder = path.join(home, 'models');
});
afterEach(() => rmSync(home, { recursive: true }));
afterAll(() => inference.dispose());

async function bring(place: string, work = new NotedWork()): Promise<ModelManifest> {
  const source = await pathSource(place);
  try {
    return await importWhisper(source, { modelsFolder, inference }, work);
  } finally {
    await source.close();
  }
}
const folder = (files: Record<string, Uint8Array>): string => writeFolder(path.join(home, 'given'), files);
function zip(files: Record<string, Uint8Array>): string {
  const file = path.join(home, 'given.zip');
  writeFileSync(file, zipSync(files, { level: 6 }));
  return file;
}
/** Nothing is listed, and nothing half done is left. */
async function nothingCameIn(): Promise<void> {
  expect(await importedModels(modelsFolder)).toEqual([]);
  const left = (() => {
    try {
      return readdirSync(modelsFolder);
    } catch {
      return [];
    }
  })();
  expect(left).toEqual([]);
}
async function refused(place: string, code: string, says: RegExp): Promise<void> {
  await expect(bring(place)).rejects.toMatchObject({ code, message: expect.stringMatching(says) as string });
  await nothingCameIn();
}

describe('a folder', () => {
  it.each(Object.keys(tinyWhisper()))('without %s is refused by that name', async (name) => {
    const { [name]: _gone, ...rest } = tinyWhisper();
    await refused(folder(rest), 'model-missing', new RegExp(path.basename(name).replaceAll('.', '\\.')));
  });

  it('with a cut graph is refused before it is run', async () => {
    const place = folder(tinyWhisper());
    const graph = path.join(place, 'onnx/decoder_model_merged_quantized.onnx');
    truncateSync(graph, 40);
    await refused(place, 'model-damaged', /decoder_model_merged_quantized\.onnx is cut off/);
  });

  it('with something else under a graph’s name is refused', async () => {
    const page = strToU8('<!doctype html><title>Not found</title>');
    const place = folder({ ...tinyWhisper(), 'onnx/encoder_model_quantized.onnx': page });
    await refused(place, 'model-damaged', /encoder_model_quantized\.onnx is/);
  });

  it('with cut JSON is refused', async () => {
    await refused(
      folder({ ...tinyWhisper(), 'tokenizer.json': strToU8('{"model": {') }),
      'model-damaged',
      /tokenizer\.json/,
    );
  });

  it('of another model is refused with its kind', async () => {
    const config = strToU8(JSON.stringify({ model_type: 'bert' }));
    await refused(folder({ ...tinyWhisper(), 'config.json': config }), 'model-incompatible', /bert/);
  });

  it('whose graphs compute something else fails when it is tried, by name', async () => {
    await refused(folder(tinyWhisper()), 'model-incompatible', /encoder.*\.onnx and decoder.*\.onnx/);
    await nothingCameIn();
  });

  it('leaves nothing when it is cancelled while it is copied', async () => {
    const controller = new AbortController();
    const work = new NotedWork(controller.signal, (stage) => {
      if (stage === 'model-copy') controller.abort();
    });
    await expect(bring(folder(tinyWhisper()), work)).rejects.toMatchObject({ name: 'AbortError' });
    expect(work.ended).toEqual({ 'model-check': 'done' });
    await nothingCameIn();
  });

  it('clears away what a killed import left, a day later', async () => {
    const left = path.join(modelsFolder, '.import-dead');
    writeFolder(left, { 'encoder_model_quantized.onnx': new Uint8Array(10) });
    const old = Date.now() / 1000 - 2 * 86_400;
    utimesSync(left, old, old);
    await expect(bring(folder(tinyWhisper()))).rejects.toMatchObject({ code: 'model-incompatible' });
    await nothingCameIn();
  });

  it('that is not there, or empty, is refused', async () => {
    await refused(path.join(home, 'nowhere'), 'file-not-found', /no such/);
    await refused(folder({ 'readme.txt': strToU8('hello') }), 'model-missing', /config\.json/);
  });
});

describe('an archive', () => {
  /** As people pack it: with the folder around everything. */
  const around = (files: Record<string, Uint8Array>): Record<string, Uint8Array> =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`whisper-made/${name}`, bytes]));

  it('is read like the folder that it holds, to the same refusal', async () => {
    // All of it was unpacked and checked: what refuses it is the run.
    await expect(bring(zip(around(tinyWhisper())))).rejects.toMatchObject({ code: 'model-incompatible' });
    const config = strToU8(JSON.stringify({ model_type: 'bert' }));
    await refused(zip(around({ ...tinyWhisper(), 'config.json': config })), 'model-incompatible', /bert/);
  });

  it('that was cut off is refused', async () => {
    const file = zip(tinyWhisper());
    truncateSync(file, 600);
    await refused(file, 'model-damaged', /cut off/);
  });

  it('with a flipped byte is refused', async () => {
    const files = tinyWhisper();
    const bytes = zipSync({
      ...files,
      'onnx/encoder_model_quantized.onnx': [files['onnx/encoder_model_quantized.onnx']!, { level: 0 }],
    });
    const at = Buffer.from(bytes).indexOf(Buffer.from(files['onnx/encoder_model_quantized.onnx']!));
    bytes[at + 20]! ^= 1;
    const file = path.join(home, 'flipped.zip');
    writeFileSync(file, bytes);
    await refused(file, 'model-damaged', /not what its directory says/);
  });

  it('that unfolds a hundredfold is refused before it is unfolded', async () => {
    await refused(
      zip({ ...tinyWhisper(), 'onnx/encoder_model_quantized.onnx': new Uint8Array(64 << 20) }),
      'file-too-large',
      /unfolds/,
    );
  });

  it('that unfolds beyond what its directory states is refused', async () => {
    const bytes = Buffer.from(
      zipSync({ ...tinyWhisper(), 'onnx/encoder_model_quantized.onnx': new Uint8Array(400_000) }),
    );
    // The size in the directory's entry for the encoder, set to 1,000.
    const name = bytes.lastIndexOf('onnx/encoder_model_quantized.onnx');
    bytes.writeUInt32LE(1000, name - 46 + 24);
    const file = path.join(home, 'lying.zip');
    writeFileSync(file, bytes);
    await refused(file, 'file-too-large', /unfolds/);
  });

  it('that is none is refused', async () => {
    const file = path.join(home, 'given.zip');
    writeFileSync(file, 'not an archive at all');
    await refused(file, 'model-damaged', /ZIP/);
  });
});
