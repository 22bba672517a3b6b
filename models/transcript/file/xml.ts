/** XML of other programs, as events: no DTD, no entities of its own, bounded depth. */
import sax from 'sax';
import { AttuneError } from '#contract/errors.ts';
import { invalidTranscript } from '../raw.ts';

const MAX_DEPTH = 200;

export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  /** A long text comes in several pieces. */
  text?(text: string): void;
  close?(name: string): void;
}

/** Throws what a listener throws, and 'transcript-invalid' with the line for XML that is broken, too deep, or declares a DTD. */
export function walkXml(xml: string, listener: XmlListener): void {
  const parser = sax.parser(true, { position: true });
  const invalid = (message: string, cause?: unknown): AttuneError =>
    invalidTranscript(message, { line: parser.line + 1, cause });
  let depth = 0;
  let elements = 0;
  parser.ondoctype = () => {
    throw invalid('The XML declares a document type (DTD), which is refused: it could expand without end.');
  };
  parser.onopentag = ({ name, attributes }) => {
    elements++;
    if (++depth > MAX_DEPTH) throw invalid('The XML is nested too deeply.');
    listener.open?.(name, attributes as Record<string, string>);
  };
  parser.ontext = (text) => listener.text?.(text);
  parser.oncdata = (text) => listener.text?.(text);
  parser.onclosetag = (name) => {
    depth--;
    listener.close?.(name);
  };
  parser.onerror = (cause) => {
    throw invalid('The XML is broken here.', cause);
  };
  try {
    parser.write(xml).close();
  } catch (thrown) {
    throw thrown instanceof AttuneError ? thrown : invalid('The XML is broken here.', thrown);
  }
  if (elements === 0) throw invalid('The XML holds nothing.');
}

/** Text and attribute values; what XML 1.0 cannot hold at all is left out. */
export const escapeXml = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- these are the characters that XML 1.0 forbids
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
