/** The records of a JSON file that comes in pieces: of its outermost list, or of lists named "messages" and the like, however deep. */
import { invalidTexts } from '../../file/bytes.ts';

export interface JsonItem {
  value: unknown;
  /** Of the nearest object around the list: the chat's, in an export of several chats. */
  chat: string | null;
  /** The list's own name; null for the outermost one. */
  list: string | null;
}

const LISTS = new Set([
  ...['messages', 'comments', 'reviews', 'posts', 'tweets'],
  ...['data', 'items', 'rows', 'records', 'results'],
]);
const MAX_ITEM_CHARACTERS = 4 << 20;
const MAX_DEPTH = 100;

interface Frame {
  kind: 'object' | 'array';
  key: string | null;
  name: string | null;
  wanted: boolean;
}

/** Only the records are ever parsed; the rest is passed over by counting brackets. */
export class JsonItems {
  private readonly frames: Frame[] = [];
  private text = '';
  private at = 0;
  /** Where the record or string under way began; -1: none. */
  private start = -1;
  private depth = 0;
  private state: 'between' | 'string' | 'record' | 'string in record' = 'between';
  private escaped = false;
  private count = 0;
  private seen = false;

  push(piece: string): JsonItem[] {
    this.text = this.start < 0 ? piece : this.text.slice(this.start) + piece;
    if (this.start >= 0) {
      this.at -= this.start;
      this.start = 0;
      if (this.text.length > MAX_ITEM_CHARACTERS)
        throw invalidTexts('The record is longer than 4 MiB.', { row: this.count + 1 });
    } else this.at = 0;
    const items: JsonItem[] = [];
    for (; this.at < this.text.length; this.at++) this.step(this.text[this.at]!, items);
    return items;
  }

  /** 'texts-invalid' for a file that is cut. */
  finish(): void {
    if (!this.seen) throw invalidTexts('The file is no JSON.');
    if (this.state !== 'between' || this.frames.length > 0)
      throw invalidTexts('The JSON ends in the middle: the file is cut.', { row: this.count + 1 });
  }

  private step(character: string, items: JsonItem[]): void {
    if (this.state === 'string' || this.state === 'string in record') {
      if (this.escaped) this.escaped = false;
      else if (character === '\\') this.escaped = true;
      else if (character === '"') this.endString(items);
    } else if (this.state === 'record') {
      if (character === '"') this.state = 'string in record';
      else if (character === '{' || character === '[') this.depth++;
      else if ((character === '}' || character === ']') && --this.depth === 0) this.endRecord(items);
    } else this.between(character);
  }

  private between(character: string): void {
    const frame = this.frames.at(-1);
    if (character === '"') this.begin('string');
    else if (character === '{' && frame?.wanted) {
      this.begin('record');
      this.depth = 1;
    } else if (character === '{' || character === '[')
      this.open(character === '{' ? 'object' : 'array', frame);
    else if (character === '}' || character === ']') {
      if (frame?.kind !== (character === '}' ? 'object' : 'array')) throw this.broken();
      this.frames.pop();
      const outer = this.frames.at(-1);
      if (outer) outer.key = null;
    } else if (character === ',' && frame?.kind === 'object') frame.key = null;
  }

  private begin(state: 'string' | 'record'): void {
    this.state = state;
    this.start = this.at;
  }

  private open(kind: Frame['kind'], frame: Frame | undefined): void {
    this.seen = true;
    if (this.frames.length >= MAX_DEPTH) throw invalidTexts('The JSON is nested too deeply.');
    const listed = frame === undefined || (frame.kind === 'object' && LISTS.has(frame.key ?? ''));
    this.frames.push({ kind, key: null, name: null, wanted: kind === 'array' && listed });
  }

  private endString(items: JsonItem[]): void {
    if (this.state === 'string in record') {
      this.state = 'record';
      return;
    }
    const value = this.parsed() as string;
    const frame = this.frames.at(-1);
    if (frame?.wanted) this.add(value, items);
    else if (frame?.kind === 'object') {
      if (frame.key === null) frame.key = value;
      else if (frame.key === 'name') frame.name = value;
    }
  }

  private endRecord(items: JsonItem[]): void {
    this.add(this.parsed(), items);
  }

  private add(value: unknown, items: JsonItem[]): void {
    this.count++;
    const around = this.frames.at(-2);
    items.push({ value, chat: around?.name ?? null, list: around?.key ?? null });
  }

  private parsed(): unknown {
    const text = this.text.slice(this.start, this.at + 1);
    this.start = -1;
    this.state = 'between';
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw invalidTexts('The JSON is broken here.', { row: this.count + 1, cause });
    }
  }

  private broken(): Error {
    return invalidTexts('The JSON is broken here.', { row: this.count + 1 });
  }
}
