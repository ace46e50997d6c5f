/** What an export brought, and how to go on, for people and for programs. */
import { join } from 'node:path'
import { summaryJson, summaryText } from '../load/summary.ts'
import type { SimulationOptions } from '../simulator/process.ts'
import type { CrmExport } from './define-export.ts'
import { LOSSES, type Loss } from './losses.ts'
import type { WrittenExport } from './write-export.ts'

export function exportSummaryJson(
  crm: CrmExport,
  folder: string,
  written: WrittenExport,
  options: SimulationOptions,
  seconds: number,
): Record<string, unknown> {
  return {
    as: crm.crm,
    folder,
    files: written.files,
    ...summaryJson(written.tally, options, seconds),
    not_carried: lossesOf(crm).map(({ what }) => what),
    next: nextCommands(crm, folder),
  }
}

export function exportSummaryText(
  crm: CrmExport,
  folder: string,
  written: WrittenExport,
  options: SimulationOptions,
  seconds: number,
): string {
  const width = Math.max(...written.files.map(({ file }) => file.length))
  return [
    summaryText(written.tally, options, seconds),
    `Written to ${folder}:`,
    ...written.files.map(({ file, rows }) => `  ${file.padEnd(width)}  ${rows.toLocaleString('en-GB')} rows`),
    'What such an export does not carry:',
    ...lossesOf(crm).map(({ what }) => `  ${what}`),
    'Next, in this order:',
    ...nextCommands(crm, folder).map((command) => `  ${command}`),
  ].join('\n')
}

function lossesOf({ crm }: CrmExport): readonly Loss[] {
  const losses: readonly Loss[] = LOSSES
  return losses.filter(({ crms }) => crms.includes(crm))
}

function nextCommands({ crm, imports }: CrmExport, folder: string): string[] {
  return [
    ...imports.map(({ kind, file, mapped }) =>
      [
        'wonlost import',
        kind.replace('_', '-'),
        shellWord(join(folder, file)),
        ...(mapped ? ['--map', crm] : []),
        '--trusted-times',
      ].join(' '),
    ),
    'wonlost data check',
    'wonlost train',
  ]
}

/** As a shell reads it back: in quotes where a blank or a sign would mean something. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
