/** Whisper models from a real server on this machine: what comes in, and what a server states of it. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CAME_WHOLE, DECODER, Downloads, ENCODER } from '../fixtures/downloads.ts';
import { modelServer, type ModelServer } from '../fixtures/model-server.ts';
import { hasWhisper, tinyWhisper, WHISPER_BASE } from '../fixtures/whisper.ts';
import { NotedWork } from '../fixtures/work.ts';

const downloads = new Downloads();
const below = (prefix: string, files: Record<string, Uint8Array>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${prefix}${name}`, bytes]));
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Files that were fetched, not only looked for. */
const fetched = ({ seen }: ModelServer): string[] =>
  seen.filter(({ method, status }) => method === 'GET' && status === 200).map(({ path: at }) => at);

describe('a folder', () => {
  it.skipIf(!hasWhisper)('comes in, listed and whole (needs ../shared: models/whisper-base)', async () => {
    const files = (readdirSync(WHISPER_BASE, { recursive: true }) as string[])
      .filter((name) => /\.(json|onnx)$/.test(name))
      .map((name): [string, Uint8Array] => [
        `whisper-base/${name.replaceAll('\\', '/')}`,
        readFileSync(path.join(WHISPER_BASE, name)),
      ]);
    const server = await modelServer(Object.fromEntries(files));
    const work = new NotedWork();
    const manifest = await downloads.get(`${server.address}whisper-base`, { work });
    expect(work.ended).toMatchObject({ 'model-download': 'done', 'model-try': 'done' });
    expect(manifest).toMatchObject({ id: 'whisper-base', source: { kind: 'imported' } });
    expect(readdirSync(downloads.modelsFolder)).toEqual(['whisper-base']);
    for (const { path: name, sha256 } of manifest.files)
      expect(hashOf(readFileSync(path.join(downloads.modelsFolder, manifest.id, name)))).toBe(sha256);
  });

  it('is fetched whole, and nothing but the request is sent', async () => {
    const server = await modelServer(below('m/', tinyWhisper()));
    await expect(downloads.get(`${server.address}m/`)).rejects.toMatchObject(CAME_WHOLE);
    await downloads.nothingLeft();
    expect(fetched(server).sort()).toEqual(Object.keys(below('m/', tinyWhisper())).sort());
    for (const { headers } of server.seen)
      expect(Object.keys(headers).sort()).toEqual(['accept-encoding', 'connection', 'host']);
  });

  it('is found behind the page of a hub, or of one of its versions', async () => {
    const server = await modelServer({
      ...below('somebody/m/resolve/main/', tinyWhisper()),
      ...below('somebody/m/resolve/v2/', tinyWhisper()),
    });
    // Hubs answer anything below a page with a page.
    server.twist = (_request, response, at) => {
      if (at.includes('resolve')) return false;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html>');
      return true;
    };
    await expect(downloads.get(`${server.address}somebody/m?tab=files#top`)).rejects.toMatchObject(
      CAME_WHOLE,
    );
    await expect(downloads.get(`${server.address}somebody/m/tree/v2`)).rejects.toMatchObject(CAME_WHOLE);
    expect(fetched(server)).toContain(`somebody/m/resolve/v2/${DECODER}`);
  });

  it('gives the next precision where the first is not there, and none whose numbers lie apart', async () => {
    const { [ENCODER]: encoder, [DECODER]: decoder, ...json } = tinyWhisper();
    const server = await modelServer({
      ...json,
      [ENCODER]: encoder!,
      'onnx/encoder_model_int8.onnx': encoder!,
      'onnx/decoder_model_merged_int8.onnx': decoder!,
      'onnx/decoder_model_merged_int8.onnx_data': decoder!,
      'onnx/encoder_model_q4.onnx': encoder!,
      'onnx/decoder_model_merged_q4.onnx': decoder!,
    });
    await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
    expect(fetched(server).filter((name) => name.endsWith('.onnx'))).toEqual([
      'onnx/encoder_model_q4.onnx',
      'onnx/decoder_model_merged_q4.onnx',
    ]);
  });

  it.each([405, 403])('is looked for with GET where HEAD is answered with %i', async (status) => {
    const server = await modelServer(tinyWhisper());
    server.twist = (request, response) => request.method === 'HEAD' && !!response.writeHead(status).end();
    await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
  });

  it.each(['config.json', 'tokenizer.json', ENCODER, DECODER])(
    'without %s is refused by that name',
    async (name) => {
      const { [name]: _gone, ...rest } = tinyWhisper();
      const server = await modelServer(rest);
      const says = name === DECODER ? /decoder/ : new RegExp(path.basename(name));
      await downloads.refused(server.address, 'download-no-model', says);
      await downloads.nothingLeft();
    },
  );

  it('of another model, or of one that is here already, is refused before its weights come', async () => {
    const bert = new TextEncoder().encode(JSON.stringify({ model_type: 'bert' }));
    const server = await modelServer({ ...tinyWhisper(), 'config.json': bert });
    await downloads.refused(server.address, 'model-incompatible', /bert/);
    await downloads.nothingLeft();
    server.files.set('config.json', tinyWhisper()['config.json']!);
    mkdirSync(path.join(downloads.modelsFolder, 'whisper-tiny-made'));
    await expect(downloads.get(server.address)).rejects.toMatchObject({ code: 'model-exists' });
    expect(readdirSync(downloads.modelsFolder)).toEqual(['whisper-tiny-made']);
    expect(server.seen.some(({ path: at }) => at.endsWith('.onnx'))).toBe(false);
  });

  it('that answers with a page in the place of a file is refused', async () => {
    const server = await modelServer(tinyWhisper());
    server.twist = (request, response, at) => {
      if (request.method !== 'GET' || at !== DECODER) return false;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
      return true;
    };
    await downloads.refused(server.address, 'download-no-model', /web page/);
    await downloads.nothingLeft();
  });
});

describe('what a server states', () => {
  it('is compared: a file of another SHA-256 is deleted, the others are kept', async () => {
    const files = tinyWhisper();
    const server = await modelServer(files);
    const state =
      (sha256: string): ModelServer['twist'] =>
      (request, response, at) => {
        if (at === ENCODER) response.setHeader('x-linked-etag', `"${sha256}"`);
        // Hubs say it on the way to where the file lies.
        if (at !== ENCODER || request.method !== 'GET') return false;
        response.writeHead(302, { location: '/elsewhere/encoder' }).end();
        return true;
      };
    server.files.set('elsewhere/encoder', files[ENCODER]!);
    server.twist = state('ab'.repeat(32));
    await downloads.refused(server.address, 'download-mismatch', /encoder_model_quantized\.onnx.*SHA-256/);
    expect(downloads.kept()).toEqual([
      'config.json',
      'generation_config.json',
      'preprocessor_config.json',
      'tokenizer.json',
    ]);
    server.twist = state(hashOf(files[ENCODER]!));
    await expect(downloads.get(server.address)).rejects.toMatchObject(CAME_WHOLE);
  });

  it('is held to: more bytes than it announced, or fewer, are no file', async () => {
    const server = await modelServer(tinyWhisper());
    const bytes = tinyWhisper()['tokenizer.json']!;
    const sends =
      (linked: number): ModelServer['twist'] =>
      (_request, response, at) => {
        if (at !== 'tokenizer.json') return false;
        // In chunks, whose number nothing says beforehand.
        response.writeHead(200, { 'x-linked-size': linked });
        response.write(bytes);
        response.end();
        return true;
      };
    server.twist = sends(bytes.length - 1);
    await downloads.refused(server.address, 'download-mismatch', /not as long/);
    server.twist = sends(bytes.length + 1);
    await expect(downloads.get(server.address)).rejects.toMatchObject({ code: 'download-failed' });
  });

  it('is held to: what comes after the announced end is not taken', async () => {
    const listener = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}{"more": true}'));
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void listener.close());
    const { port } = listener.address() as AddressInfo;
    await expect(downloads.get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
      code: expect.stringMatching(/^(model-incompatible|download-failed)$/) as string,
    });
  });

  it('is refused where it is larger than any model', async () => {
    const server = await modelServer(tinyWhisper());
    server.twist = (_request, response, at) =>
      at === 'tokenizer.json' &&
      (response.writeHead(200, { 'content-length': 2 ** 30 }).flushHeaders(), true);
    await expect(downloads.get(server.address)).rejects.toMatchObject({ code: 'file-too-large' });
    await downloads.nothingLeft();
  });
});

describe('an archive', () => {
  const archive = (): Uint8Array => zipSync(below('whisper-made/', tinyWhisper()), { level: 6 });

  it('with the SHA-256 that the person gave is opened', async () => {
    const bytes = archive();
    const server = await modelServer({ 'm.zip': bytes });
    await expect(downloads.get(`${server.address}m.zip`, { sha256: hashOf(bytes) })).rejects.toMatchObject(
      CAME_WHOLE,
    );
    await downloads.nothingLeft();
  });

  it('with another is deleted unopened', async () => {
    const server = await modelServer({ 'm.zip': new TextEncoder().encode('no archive at all') });
    await downloads.refused(`${server.address}m.zip`, 'download-mismatch', /that you gave/, {
      sha256: hashOf(archive()),
    });
    expect(downloads.kept()).toEqual([]);
  });

  it('that is none, or a page, is refused', async () => {
    const server = await modelServer({ 'm.zip': new TextEncoder().encode('no archive at all') });
    await expect(downloads.get(`${server.address}m.zip`)).rejects.toMatchObject({ code: 'model-damaged' });
    await downloads.nothingLeft();
    await expect(downloads.get(`${server.address}other.zip`)).rejects.toMatchObject({
      code: 'download-no-model',
    });
    await downloads.nothingLeft();
  });

  it('alone has a SHA-256', async () => {
    const server = await modelServer(tinyWhisper());
    await expect(downloads.get(server.address, { sha256: 'ab'.repeat(32) })).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    expect(server.seen).toEqual([]);
  });
});
