/** A transcript as a file of a given format. */
import type { TranscriptFormat } from '#contract/transcript/formats.ts';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { writeCsv } from './formats/csv/write-csv.ts';
import { writeSrt } from './formats/cues/write-srt.ts';
import { writeVtt } from './formats/cues/write-vtt.ts';
import { writeTxt } from './formats/dialogue/write-txt.ts';
import { writeDocx } from './formats/docx/write-docx.ts';
import { writeEaf } from './formats/elan/write-eaf.ts';
import { writeJson } from './formats/json/write-json.ts';
import { writeTextGrid } from './formats/praat/write-textgrid.ts';

interface Writer {
  /** Of the file's name, with its dot. */
  ending: string;
  mimeType: string;
  write: (transcript: Transcript) => string | Uint8Array;
}

const WRITERS: Readonly<Record<TranscriptFormat, Writer>> = {
  vtt: { ending: '.vtt', mimeType: 'text/vtt', write: writeVtt },
  srt: { ending: '.srt', mimeType: 'application/x-subrip', write: writeSrt },
  txt: { ending: '.txt', mimeType: 'text/plain', write: writeTxt },
  docx: {
    ending: '.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: writeDocx,
  },
  textgrid: { ending: '.TextGrid', mimeType: 'text/plain', write: writeTextGrid },
  eaf: { ending: '.eaf', mimeType: 'application/xml', write: writeEaf },
  csv: { ending: '.csv', mimeType: 'text/csv', write: writeCsv },
  json: { ending: '.json', mimeType: 'application/json', write: writeJson },
};

export interface WrittenTranscript {
  /** UTF-8 where it is text. */
  bytes: Uint8Array;
  ending: string;
  mimeType: string;
}

/** What the format cannot hold is left out: `lossesOf` says beforehand what that is. */
export function writeTranscript(transcript: Transcript, format: TranscriptFormat): WrittenTranscript {
  const { ending, mimeType, write } = WRITERS[format];
  const content = write(transcript);
  return {
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ending,
    mimeType,
  };
}
