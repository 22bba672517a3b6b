/** The length of a recording from its packets: `ffprobe -show_entries packet=pts_time,duration_time -of csv=p=0`, line by line. */

/** Collects chunks of that output; `endSeconds` is the end of the last packet so far. */
export class PacketTimes {
  endSeconds = 0;
  startSeconds = Infinity;
  private rest = '';
  private readonly decoder = new TextDecoder();

  push(chunk: Uint8Array): void {
    const lines = (this.rest + this.decoder.decode(chunk, { stream: true })).split('\n');
    this.rest = lines.pop() ?? '';
    lines.forEach((line) => this.line(line));
  }

  /** Length between the first packet and the end of the last; 0 without packets. */
  close(): number {
    this.line(this.rest);
    return Math.max(0, this.endSeconds - Math.min(this.startSeconds, this.endSeconds));
  }

  private line(line: string): void {
    const [start, duration] = line.split(',').map(Number);
    if (start === undefined || !Number.isFinite(start) || line === '') return;
    this.startSeconds = Math.min(this.startSeconds, start);
    this.endSeconds = Math.max(this.endSeconds, start + (Number.isFinite(duration) ? (duration ?? 0) : 0));
  }
}
