/** A Word document: a paragraph an utterance, the time in grey, the name in bold (ECMA-376, WordprocessingML). */
import { strToU8, zipSync } from 'fflate';
import type { Transcript } from '#contract/transcript/utterance.ts';
import { escapeXml } from '../../file/xml.ts';
import { squash } from '../../raw.ts';
import { dialogueLines } from '../dialogue/write-txt.ts';
import { splitPrefix } from '../dialogue/speaker-prefix.ts';
import { DOCUMENT } from './read-docx.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${DOCUMENT}" ContentType="${OFFICE}.document.main+xml"/></Types>`;
const RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATION}" Target="${DOCUMENT}"/></Relationships>`;

/** A ZIP's oldest date: the same transcript is the same file. */
const MTIME = new Date(1980, 0, 1);

export function writeDocx(transcript: Transcript): Uint8Array {
  const paragraphs = dialogueLines(transcript).map(({ times, said }) => {
    const length = splitPrefix(said)?.length ?? 0;
    return [
      '<w:p><w:pPr><w:spacing w:after="120"/></w:pPr>',
      run(`${times} `, '<w:color w:val="767676"/>'),
      run(said.slice(0, length), '<w:b/>'),
      run(said.slice(length), ''),
      '</w:p>',
    ].join('');
  });
  const document = `${XML}<w:document xmlns:w="${WORD}"><w:body>${paragraphs.join('')}</w:body></w:document>`;
  return zipSync(
    {
      '[Content_Types].xml': strToU8(CONTENT_TYPES),
      '_rels/.rels': strToU8(RELATIONS),
      [DOCUMENT]: strToU8(document),
    },
    { mtime: MTIME },
  );
}

const run = (text: string, properties: string): string =>
  squash(text) === ''
    ? ''
    : `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
