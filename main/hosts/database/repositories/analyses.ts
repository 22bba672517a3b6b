/** Each recording's current analysis. */
import type { Connection } from '../connection.ts';
import type { AnalysisRun } from '../tasks.ts';
import type { Ribbon } from './sessions.ts';

interface Row {
  id: string;
  recording_id: string;
  created_at: string;
  settings: string;
  models: string;
  input_sha256: string;
  file_id: string;
  result_sha256: string;
  result_bytes: number;
  ribbon: string;
}

export class Analyses {
  private readonly byRecording;
  private readonly insert;
  private readonly remove;
  private readonly allRibbons;

  constructor(db: Connection) {
    this.byRecording = db.prepare<[string], Row>('SELECT * FROM analysis_runs WHERE recording_id = ?');
    this.insert = db.prepare(
      `INSERT INTO analysis_runs
        (id, recording_id, created_at, settings, models, input_sha256, file_id, result_sha256, result_bytes, ribbon)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.remove = db.prepare('DELETE FROM analysis_runs WHERE recording_id = ?');
    this.allRibbons = db.prepare<[], Pick<Row, 'recording_id' | 'ribbon'>>(
      'SELECT recording_id, ribbon FROM analysis_runs',
    );
  }

  get(recordingId: string): AnalysisRun | null {
    const row = this.byRecording.get(recordingId);
    return row === undefined ? null : fromRow(row);
  }

  replace(run: AnalysisRun): void {
    this.remove.run(run.recordingId);
    this.insert.run(
      ...[run.id, run.recordingId, run.createdAt, run.settings, run.models, run.inputSha256],
      ...[run.fileId, run.resultSha256, run.resultBytes, JSON.stringify(run.ribbon)],
    );
  }

  ribbons(): Map<string, Ribbon> {
    const rows = this.allRibbons.all();
    return new Map(rows.map((row) => [row.recording_id, JSON.parse(row.ribbon) as Ribbon]));
  }
}

const fromRow = (row: Row): AnalysisRun => ({
  id: row.id,
  recordingId: row.recording_id,
  createdAt: row.created_at,
  settings: row.settings,
  models: row.models,
  inputSha256: row.input_sha256,
  fileId: row.file_id,
  resultSha256: row.result_sha256,
  resultBytes: row.result_bytes,
  ribbon: JSON.parse(row.ribbon) as Ribbon,
});
