import { WonlostError } from '../../errors.ts'
import { formatTime, type TraitValue } from '../../glossary.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { readMoment } from '../moment.ts'
import { readNames } from '../names-option.ts'

export const leadSetCommand = defineCommand({
  name: 'lead set',
  summary: 'set traits of a lead by hand, or of its account',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .argument('[NAME=VALUE...]', 'title=CTO employees=120 student=true "technologies=a;b"')
      .option('--account', 'traits of the account of the lead')
      .option('--clear <NAME...>', 'these are not known any more')
      .option('--at <T>', 'since when it is so: now, or 2026-11-21T00:00:00Z', 'now')
      .option('--list <NAMES>', 'further traits that are lists divided by ; (names divided by ,)')
      .option('--text <NAMES>', 'traits to keep as text though they look like numbers (names divided by ,)')
      .addHelpText('after', HELP),
  async run({ config, json, print, say, now, signal }, [leadId = '', ...assignments], options) {
    const knownAt = now()
    const occurredAt = Math.min(readMoment('--at', options.at ?? 'now', knownAt), knownAt)
    const kind = options.account === true ? 'account' : 'lead'
    const { doubtAbout, MANUAL_SOURCE, readAssignment, setTraits, traitName } = await import(
      '../../ingest/set-traits.ts'
    )
    const as = typesOf(options)
    const cleared = Array.isArray(options.clear) ? options.clear : []
    const traits = [
      ...assignments.map((text) => readAssignment(kind, text, as, knownAt)),
      ...cleared.map((name) => ({ name: traitName(kind, name), value: '' })),
    ]
    checkEachOnce(traits.map(({ name }) => name))
    const { openDatabase } = await import('../../db/database.ts')
    const { loadScores } = await import('../../db/scores.ts')
    const { visibleFacts } = await import('../../scoring/visible-facts.ts')
    const { findLead } = await import('../find-lead.ts')
    const { printable } = await import('../lead-page.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const { pool } = database
      const found = await findLead(pool, leadId)
      const subjectId = kind === 'lead' ? found.lead.leadId : found.account.accountId
      if (subjectId === null)
        throw new WonlostError('account_not_found', `The lead ${leadId} has no account to set traits of.`)
      /** What counts from now on: just after what was set. */
      const valuesOf = ({ account, lead }: typeof found): Map<string, TraitValue | null> => {
        const facts = visibleFacts(account, lead, knownAt + 1)
        const known = kind === 'lead' ? facts.leadTraits : facts.accountTraits
        return new Map(traits.map(({ name }) => [name, orNull(known.get(name)?.value)]))
      }
      const before = valuesOf(found)
      const told = await setTraits(pool, kind, subjectId, traits, { occurredAt, knownAt })
      const notes = [
        ...told,
        ...traits.flatMap(({ name }) => (before.get(name) === null ? (doubtAbout(kind, name) ?? []) : [])),
      ]
      const after = valuesOf(await findLead(pool, leadId))
      for (const { name, value } of traits) {
        if (JSON.stringify(after.get(name)) === JSON.stringify(orNull(value))) continue
        notes.push(`${name} stays as it was: another value is newer than ${formatTime(occurredAt)}.`)
      }
      const [score] = await loadScores(pool, 'lead', found.lead.leadId)
      const asOf = score ? formatTime(score.asOf) : null
      if (json) {
        const changes = traits.map(({ name }) => ({ name, before: before.get(name), after: after.get(name) }))
        const subject = { lead_id: found.lead.leadId, account_id: kind === 'account' ? subjectId : null }
        const times = { occurred_at: formatTime(occurredAt), known_at: formatTime(knownAt) }
        const set = { source: MANUAL_SOURCE, ...times, changes, score_as_of: asOf, notes }
        print(JSON.stringify({ ...subject, ...set }))
        return 0
      }
      const shown = (value: TraitValue | null | undefined): string =>
        printable(JSON.stringify(value) ?? 'null')
      print(
        `${kind === 'lead' ? 'Lead' : 'Account'} ${printable(subjectId)}, as of ${formatTime(occurredAt)}:`,
      )
      for (const { name } of traits)
        print(`  ${name}: ${shown(before.get(name))} -> ${shown(after.get(name))}`)
      if (asOf)
        print(`Its stored score is of before, of ${asOf}. For one of now: wonlost score ${found.lead.leadId}`)
      for (const note of notes) say(`Note: ${printable(note)}`)
      return 0
    } finally {
      await database.close()
    }
  },
})

/** Empty text stands for what is not known. */
function orNull(value: TraitValue | undefined): TraitValue | null {
  return value === undefined || value === '' ? null : value
}

function typesOf(options: CommandOptions): (name: string) => 'list' | 'text' | 'value' {
  const lists = readNames(options.list)
  const texts = readNames(options.text)
  return (name) => (lists.includes(name) ? 'list' : texts.includes(name) ? 'text' : 'value')
}

function checkEachOnce(names: readonly string[]): void {
  if (names.length === 0) throw new WonlostError('usage', 'Nothing to set. Give NAME=VALUE, or --clear NAME.')
  const repeated = names.find((name, i) => names.indexOf(name) < i)
  if (repeated !== undefined) throw new WonlostError('usage', `${repeated} is set twice; give it once.`)
}

const HELP = `
Values are read as imports read them: numbers as numbers unless they begin with 0, true and false as such, technologies as a
list divided by ; and any other name is a trait of its own. Fields that give the outcome away are refused.

The value with the latest time counts, whoever brought it: a later import of another value takes the place of one set by hand,
and --at sets one that is older than what is known without effect. Repeating an import of the same value changes nothing.`
