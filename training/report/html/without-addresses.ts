/** The page is shown around, and mail addresses of people stay out of it: a CRM may have them as names of owners or campaigns. */
import type { TrainingReport } from '../model-report.ts'

/** Whole words, so that long text is gone through once. `conversion@2` is a version. */
const ADDRESS = /(?<![^\s"'<>@])[^\s"'<>@]+@[\p{L}\d.-]*\p{L}[\p{L}\d-]*/gu

/** A report that was kept, with every mail address in its text replaced. */
export function withoutAddresses(report: TrainingReport): TrainingReport {
  return JSON.parse(JSON.stringify(report), (_, value: unknown) =>
    typeof value === 'string' && value.includes('@') ? value.replace(ADDRESS, 'a mail address') : value,
  )
}
