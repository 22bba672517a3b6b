/** The report as plain text, for a message or an issue. */
import type { DoctorReport } from '#contract/system/doctor.ts';

export const reportText = (report: DoctorReport): string =>
  [
    `Attune ${report.attune}`,
    ...report.checks.map(({ name, outcome, detail }) => `[${outcome}] ${name}: ${detail}`),
  ].join('\n');
