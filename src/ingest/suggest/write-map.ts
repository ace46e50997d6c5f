/** The YAML of a drafted map, with what people should know and check as comments. */
import { snakeCase } from '../../field-names.ts'
import type { DraftColumn, MapDraft } from './draft-map.ts'
import type { OutcomeGuess } from './guess-outcome.ts'
import type { TimesGuess } from './guess-times.ts'
import { inComment, yamlText, yamlTexts } from './yaml-text.ts'

const SHOWN = 40

/** `file` names the map; `fitting` are maps of the package that read the file, too. */
export function writeMap(draft: MapDraft, file: string, fitting: readonly string[]): string {
  const { kind, times, columns, outcome } = draft
  const hasLocal = columns.some((column) => column.times?.formats.some(({ local }) => local))
  const lines = [
    `# A first map for ${inComment(file)}, made from its header and ${draft.rowCount} rows. Check it, then try it:`,
    `#   wonlost import ${kind.name.replace('_', '-')} FILE --map MAP.yaml --dry-run`,
    ...fitting.map((name) => `# The map ${name} of the package reads this file, too: --map ${name}`),
    '',
    `map: ${yamlText(snakeCase(file.replace(/\.\w+$/, '')).slice(0, 100) || 'suggested')}`,
    ...timeLines(draft),
    hasLocal
      ? 'zone: UTC  # Of times that do not say theirs. UTC is only a guess: which zone does the system write in?'
      : '# zone: UTC  # Of times that do not say theirs; there are none.',
    decimalLine(draft),
    `lists: ${JSON.stringify(draft.divider ?? ';')}`,
    ...(draft.unknown.length > 0
      ? [`missing: [${draft.unknown.map(yamlText).join(', ')}]  # Texts that mean: not known.`]
      : []),
    '',
    'objects:',
    `  ${kind.name}:`,
    `    kind: ${kind.name}`,
    `    columns:${columns.length === 0 ? ' {}' : ''}`,
    ...columns.map((column) => columnLine(column, times === null)),
    ...draft.missing.map(({ name, about }) =>
      name === 'outcome'
        ? '      # outcome is needed, and nothing tells it. Outside of columns: outcome: { closed: COLUMN, won: COLUMN }'
        : `      # ${name}: COLUMN  # It is needed (${about}), and nothing in the file looks like it.`,
    ),
    ...oneOfLines(draft),
    ...outcomeLines(outcome),
    `    others: ${kind.otherColumns === 'traits' ? 'traits' : 'ignore'}`,
    ...nameLines(
      'Columns that become traits',
      draft.traits.map(({ name }) => name),
    ),
    ...nameLines('Columns without a name of their own, which cannot be read', draft.unusable),
    ...liftLines(draft),
  ]
  return `${lines.join('\n')}\n`
}

function timeLines({ times, columns }: MapDraft): string[] {
  const notes = columns.flatMap(({ column, times: guess }) => (guess ? timeNotes(column.name, guess) : []))
  if (times === null) return [...notes, '# Times are not written the same way in all columns: see there.']
  const names = times.length === 0 ? ['iso'] : times.map(({ name }) => name)
  return [...notes, `times: [${names.map(yamlText).join(', ')}]`]
}

function timeNotes(name: string, { ambiguous, formats, share }: TimesGuess): string[] {
  const notes: string[] = []
  if (ambiguous)
    notes.push(
      `# ${inComment(name)}: ${inComment(ambiguous.text)} could also be ${ambiguous.other}, and no row tells which. Please check.`,
    )
  if (share < 1 && formats.length > 0)
    notes.push(
      `# ${inComment(name)}: ${((1 - share) * 100).toFixed(1)} % of its texts are none of these times.`,
    )
  return notes
}

function decimalLine({ decimal }: MapDraft): string {
  return decimal === null
    ? `# decimal: '.'  # Or ','. No number of the rows tells.`
    : `decimal: '${decimal}'  # 1234.5 is written ${decimal === '.' ? '1234.5 or 1,234.5' : '1234,5 or 1.234,5'}.`
}

function columnLine(
  { target, column, as, takeFirst, endOfDay, times, guess }: DraftColumn,
  ownTimes: boolean,
): string {
  const options = [
    as === null ? '' : `as: ${as}`,
    takeFirst ? 'take: first' : '',
    endOfDay ? 'day: end' : '',
    ownTimes && times && times.formats.length > 0
      ? `times: [${times.formats.map(({ name }) => yamlText(name)).join(', ')}]`
      : '',
  ].filter((option) => option !== '')
  const from = yamlText(column.name)
  const source = options.length === 0 ? from : `{ from: ${from}, ${options.join(', ')} }`
  return `      ${yamlText(target)}: ${source}${guess === null ? '' : `  # A guess: ${guess}.`}`
}

function oneOfLines({ kind, columns }: MapDraft): string[] {
  const { oneOf } = kind
  if (!oneOf || oneOf.some((name) => columns.some(({ target }) => target === name))) return []
  return [`      # One of ${oneOf.join(', ')} is needed, and nothing in the file looks like it.`]
}

function outcomeLines(outcome: OutcomeGuess | null): string[] {
  if (outcome === null) return []
  if (outcome.by === 'flags')
    return [`    outcome: { closed: ${yamlText(outcome.closed.name)}, won: ${yamlText(outcome.won.name)} }`]
  const { stage, won, lost, others } = outcome
  const open = others.slice(0, SHOWN).map(inComment).join(', ')
  return [
    `    outcome: { from: ${yamlText(stage.name)}, won: ${listOf(won)}, lost: ${listOf(lost)} }`,
    `    # ${others.length === 0 ? 'Every other text means open.' : `These mean open: ${open}${others.length > SHOWN ? '...' : ''}.`}`,
  ]
}

function listOf(texts: readonly string[]): string {
  return texts.length === 1 ? yamlTexts(texts) : `[${texts.map(yamlText).join(', ')}]`
}

function nameLines(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const shown = names.slice(0, SHOWN).map(inComment).join(', ')
  return [`    # ${title}: ${shown}${names.length > SHOWN ? '...' : ''}.`]
}

function liftLines({ blocked }: MapDraft): string[] {
  if (blocked.length === 0) return []
  return [
    '    # Left out, because they give the outcome away. To take one all the same, say why that is not so here:',
    '    # lift:',
    ...blocked.slice(0, SHOWN).map(({ column, reason }) => `    #   ${inComment(column.name)}: it ${reason}`),
    ...(blocked.length > SHOWN ? [`    #   and ${blocked.length - SHOWN} more`] : []),
  ]
}
