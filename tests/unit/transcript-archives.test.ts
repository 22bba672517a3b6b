/** Documents that are archives: what unfolds without end, is cut, or is something else. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { AttuneError } from '#contract/errors.ts';
import { readTranscript } from '#models/transcript/read-transcript.ts';

function refusal(bytes: Uint8Array): string {
  try {
    readTranscript('talk.docx', bytes, 60_000);
    return 'none';
  } catch (error) {
    return error instanceof AttuneError ? `${error.code}: ${error.message}` : String(error);
  }
}
const words = (text: string): Uint8Array =>
  strToU8(`<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`);
const whole = zipSync({ 'word/document.xml': words('[00:01] Anna: Hello there') }, { level: 9 });

/** A thousand times its size. */
const unfolding = zipSync({ 'word/document.xml': new Uint8Array(32 << 20) });

/** The sizes that the headers promise, local and central, replaced by a lie. */
function lying(bytes: Uint8Array, promised: number): Uint8Array {
  const told = Buffer.from(bytes);
  told.writeUInt32LE(promised, 22);
  const central = told.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  told.writeUInt32LE(promised, central + 24);
  return told;
}

describe('archives', () => {
  test('a whole one is read', () => {
    expect(readTranscript('talk', whole, 60_000).transcript.utterances[0]!.text).toBe('Hello there');
  });

  test.each([
    ['says its size', (bomb: Uint8Array) => bomb],
    ['says that it is small', (bomb: Uint8Array) => lying(bomb, 1000)],
  ])('one that unfolds without end and %s is refused in bounded time and memory', (_, told) => {
    const bomb = told(unfolding);
    expect(bomb.length).toBeLessThan(1 << 16);
    const before = process.cpuUsage();
    expect(refusal(bomb)).toMatch(/^transcript-invalid: .*refused: it unfolds/);
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(2);
  });

  test('thousands of entries, and bombs that nobody asks for', () => {
    const many = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`${i}`, new Uint8Array(1)]));
    expect(refusal(zipSync(many))).toMatch(/2,000 entries/);
    const beside = zipSync({
      'media/a.bin': new Uint8Array(16 << 20),
      'word/document.xml': words('[00:01] Anna: Hi'),
    });
    expect(refusal(beside)).toBe('none');
  });

  test('cut anywhere, it is an error with a code', () => {
    for (let length = 4; length < whole.length - 100; length += 7)
      expect(refusal(whole.subarray(0, length))).toMatch(/^transcript-(invalid|not-recognised)/);
  });

  test('a spreadsheet, an encrypted document, a PDF and rich text are named', () => {
    expect(refusal(zipSync({ 'xl/workbook.xml': strToU8('<x/>') }))).toMatch(/spreadsheet/);
    expect(refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toMatch(/password-protected/);
    expect(refusal(Buffer.from('%PDF-1.7'))).toMatch(/PDF/);
    expect(refusal(Buffer.from('{\\rtf1 x}'))).toMatch(/RTF/);
  });

  test('a document type in the document is refused', () => {
    const typed = strToU8('<!DOCTYPE a [<!ENTITY x "y">]><w:document xmlns:w="x"/>');
    expect(refusal(zipSync({ 'word/document.xml': typed }))).toMatch(/DTD/);
  });
});
