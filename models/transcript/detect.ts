/** Which format a file is, by what stands in it; its name only helps where the content leaves it open. */
import { AttuneError } from '#contract/errors.ts';
import type { TranscriptFormat } from '#contract/transcript/formats.ts';
import { decodeText, MAX_TRANSCRIPT_BYTES, type TextEncoding } from './file/decode-text.ts';
import { isZip, readZip } from './file/zip.ts';
import { hasCues } from './formats/cues/cue-time.ts';
import { readCues } from './formats/cues/read-cues.ts';
import { readCsv, transcriptColumns } from './formats/csv/read-csv.ts';
import { readDialogue } from './formats/dialogue/read-dialogue.ts';
import { DOCUMENT, readDocx } from './formats/docx/read-docx.ts';
import { readEaf, ROOT } from './formats/elan/read-eaf.ts';
import { readJson } from './formats/json/read-json.ts';
import { isTextGrid, readTextGrid } from './formats/praat/read-textgrid.ts';
import { invalidTranscript, type RawTranscript } from './raw.ts';

export interface ReadFile {
  raw: RawTranscript;
  format: TranscriptFormat;
  /** Null for a binary format. */
  encoding: TextEncoding | null;
  /** Characters that could not be read. */
  broken: number;
}

const MAX_DOCUMENT_BYTES = 64 << 20;

/** `durationMs`: the recording's length, Infinity without one. 'transcript-not-recognised' for something else, 'transcript-invalid' for one that is broken, cut or beyond all bounds. */
export function readFormat(name: string, bytes: Uint8Array, durationMs: number): ReadFile {
  if (bytes.length > MAX_TRANSCRIPT_BYTES) throw invalidTranscript('The transcript is larger than 64 MiB.');
  if (isZip(bytes)) return { raw: document(bytes), format: 'docx', encoding: null, broken: 0 };
  refuseOthers(bytes);
  const { text, encoding, broken } = decodeText(bytes);
  const { format, raw } = readText(name, text, durationMs);
  return { raw, format, encoding, broken };
}

function readText(
  name: string,
  text: string,
  durationMs: number,
): { format: TranscriptFormat; raw: RawTranscript } {
  const start = text.slice(0, 2000).trimStart();
  if (/^(?:\{\s*["}]|\{$|\[\s*[[{\]])/.test(start)) return { format: 'json', raw: readJson(text) };
  if (isTextGrid(start)) return { format: 'textgrid', raw: readTextGrid(text) };
  if (start.startsWith('<?xml') || start.startsWith(`<${ROOT}`) || start.startsWith('<!DOCTYPE'))
    return { format: 'eaf', raw: readEaf(text) };
  if (start.startsWith('WEBVTT')) return { format: 'vtt', raw: readCues(text) };
  const columns = transcriptColumns(text);
  if (columns !== null) return { format: 'csv', raw: readCsv(text, columns, durationMs) };
  const dialogue = hasCues(text) ? null : readDialogue(text);
  if (dialogue !== null) return { format: 'txt', raw: dialogue };
  if (text.includes('-->') || /\.(vtt|srt)$/i.test(name)) return { format: 'srt', raw: readCues(text) };
  throw notRecognised('The file is no transcript that Attune can read.');
}

function document(bytes: Uint8Array): RawTranscript {
  const entries = readZip(bytes, (entry) => entry === DOCUMENT || entry === 'xl/workbook.xml', {
    maxEntryBytes: MAX_DOCUMENT_BYTES,
  });
  const words = entries.get(DOCUMENT);
  if (words === undefined)
    throw notRecognised(
      entries.size > 0
        ? 'The file is a spreadsheet: save it as CSV.'
        : 'The file is an archive without a document.',
    );
  const raw = readDocx(words);
  if (raw === null)
    throw notRecognised('The document holds no transcript: no line says who speaks, or when.');
  return raw;
}

const OTHERS: readonly { starts: readonly number[]; is: string }[] = [
  {
    starts: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'an old or password-protected Office file: save it as DOCX without one',
  },
  { starts: [0x25, 0x50, 0x44, 0x46], is: 'a PDF: export it as DOCX, VTT or text' },
  { starts: [0x7b, 0x5c, 0x72, 0x74, 0x66], is: 'rich text (RTF): save it as DOCX or plain text' },
  { starts: [0x6f, 0x6f, 0x42, 0x69, 0x6e], is: 'a binary TextGrid: save it as a text file in Praat' },
];

function refuseOthers(bytes: Uint8Array): void {
  const other = OTHERS.find(({ starts }) => starts.every((byte, i) => bytes[i] === byte));
  if (other !== undefined) throw notRecognised(`The file is ${other.is}.`);
}

const notRecognised = (message: string): AttuneError =>
  new AttuneError('transcript-not-recognised', message, {
    kept: 'Nothing was changed.',
    remedy:
      'Attune reads WebVTT, SRT, text with “Name: words”, DOCX, Praat TextGrid, ELAN EAF, CSV and its own JSON.',
  });
