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

/** XML that comes in pieces. Throws what a listener throws, and 'transcript-invalid' with the line for XML that is broken, too deep, or declares a DTD. */
export class XmlStream {
  private readonly parser = sax.parser(true, { position: true });
  private depth = 0;
  private elements = 0;

  constructor(listener: XmlListener) {
    const { parser } = this;
    parser.ondoctype = () => {
      throw this.invalid(
        'The XML declares a document type (DTD), which is refused: it could expand without end.',
      );
    };
    parser.onopentag = ({ name, attributes }) => {
      this.elements++;
      if (++this.depth > MAX_DEPTH) throw this.invalid('The XML is nested too deeply.');
      listener.open?.(name, attributes as Record<string, string>);
    };
    parser.ontext = (text) => listener.text?.(text);
    parser.oncdata = (text) => listener.text?.(text);
    parser.onclosetag = (name) => {
      this.depth--;
      listener.close?.(name);
    };
    parser.onerror = (cause) => {
      throw this.invalid('The XML is broken here.', cause);
    };
  }

  push(xml: string): void {
    this.coded(() => this.parser.write(xml));
  }

  close(): void {
    this.coded(() => this.parser.close());
    if (this.elements === 0) throw this.invalid('The XML holds nothing.');
  }

  private coded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      throw thrown instanceof AttuneError ? thrown : this.invalid('The XML is broken here.', thrown);
    }
  }

  private invalid(message: string, cause?: unknown): AttuneError {
    return invalidTranscript(message, { line: this.parser.line + 1, cause });
  }
}

/** A whole document at once; throws as XmlStream does. */
export function walkXml(xml: string, listener: XmlListener): void {
  const stream = new XmlStream(listener);
  stream.push(xml);
  stream.close();
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
