/** Transcripts as files, on a real workspace: from a path or an upload, and out again. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Uploads } from '#main/services/library/uploads.ts';
import { TranscriptFiles } from '#main/services/transcript-files/transcript-files.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';
import { makeAnalysisResult } from '../fixtures/analysis-result.ts';
import { transcriptsOn } from '../fixtures/analysed.ts';
import { libraryOn, work } from '../fixtures/library.ts';
import { wav } from '../fixtures/sound.ts';
import { codeOf, openWorkspace, temporaryFolder } from '../fixtures/workspace.ts';

const VTT = 'WEBVTT\n\n00:00.100 --> 00:01.000\n<v Ann>Grüße\n\n00:09.000 --> 00:10.000\n<v Ann>late\n';

test('a transcript comes from a path or an upload, says what was changed, and goes out as what was shown', async () => {
  const folder = temporaryFolder();
  const workspace = await openWorkspace(join(folder, 'workspace'));
  const library = libraryOn(workspace);
  const uploads = new Uploads(workspace);
  const transcripts = transcriptsOn(workspace, library);
  const files = new TranscriptFiles({ workspace, library, uploads, transcripts });
  const at = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const sound = at('talk – 1.wav', wav(2));
  const { recordingId } = await library.import({ source: { kind: 'path', path: sound } }, work());
  expect(await codeOf(files.file(recordingId, 'vtt'))).toBe('analysis-none');

  const path = at('talk.vtt', Buffer.from(VTT, 'utf16le'));
  const brought = await files.bring(recordingId, { kind: 'path', path });
  expect(brought.imported).toMatchObject({ source: 'imported', utterances: [{ text: 'Grüße' }] });
  expect(brought.notices.map(({ message }) => message)).toEqual([
    'The transcript was read as UTF-16.',
    'In the transcript, 1 utterance after the end of the recording: left out.',
  ]);

  const stored = readdirSync(join(folder, 'workspace'), { recursive: true }).length;
  const upload = async (content: Uint8Array): Promise<{ kind: 'upload'; uploadId: string; name: string }> => {
    const { uploadId } = await uploads.receive([content]);
    return { kind: 'upload', uploadId, name: 'talk.vtt' };
  };
  expect(await files.bring(recordingId, await upload(Buffer.from(VTT)))).toMatchObject({
    imported: brought.imported,
  });
  expect(await codeOf(files.bring(recordingId, await upload(Buffer.from('Dear diary'))))).toBe(
    'transcript-invalid',
  );
  expect(await codeOf(files.bring(recordingId, await upload(new Uint8Array(65 << 20))))).toBe(
    'file-too-large',
  );
  expect(await codeOf(files.bring(recordingId, { kind: 'path', path: join(folder, 'none.vtt') }))).toBe(
    'file-not-found',
  );
  // Whatever became of an upload, nothing of it stays.
  expect(readdirSync(join(folder, 'workspace'), { recursive: true })).toHaveLength(stored);

  await library.setTranscript(recordingId, brought.imported);
  expect((await files.file(recordingId, 'srt')).name).toBe('talk – 1.srt');

  const result = makeAnalysisResult({ durationMs: 60_000 });
  await library.saveResult(recordingId, result);
  const { bytes, name, mimeType } = await files.file(recordingId, 'docx');
  expect([name, mimeType]).toEqual(['talk – 1.docx', expect.stringContaining('wordprocessingml')]);
  const again = readTranscript(name, bytes, 60_000).transcript;
  expect(again.utterances.map(({ text }) => text)).toEqual(
    result.transcript.utterances.map(({ text }) => text),
  );
  expect(await files.losses(recordingId, 'json')).toEqual([]);

  // A correction goes out before it was read again.
  const utteranceId = result.transcript.utterances[0]!.id;
  await transcripts.edit(recordingId, 0, null, { kind: 'set-text', utteranceId, text: 'Corrected' });
  const corrected = await files.file(recordingId, 'vtt');
  expect(readTranscript('a.vtt', corrected.bytes, 60_000).transcript.utterances[0]!.text).toBe('Corrected');
  await workspace.lock();
});
