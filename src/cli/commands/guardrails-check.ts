import { defineCommand, type ExitCode } from '../command.ts'
import { readInteger } from '../integer-option.ts'

export const guardrailsCheckCommand = defineCommand({
  name: 'guardrails check',
  summary:
    'are the rules valid, do their tests pass, can each hold; exit 64 when not valid, 1 when a test fails, 2 for doubts',
  configure: (command) =>
    command
      .argument('[FILE]', 'default: guardrails.yaml of the models folder')
      .option('--no-data', 'without asking about the leads in the database')
      .option('--leads <N>', 'ask about so many leads (default: 5000)'),
  async run(context, [file], options): Promise<ExitCode> {
    const { config, json, print, say, progress, now, signal } = context
    const mostLeads = options.leads === undefined ? 5_000 : readInteger(options, 'leads', 1, 100_000_000)
    const { modelsFolder } = await import('../../package-folder.ts')
    const { checkGuardrails } = await import('../../scoring/check-guardrails.ts')
    const { readModelsFolder } = await import('../../server/models-folder.ts')
    const { embeddedStatus } = await import('../../db/embedded/embedded.ts')
    const { readTriedGuardrails } = await import('../tried-guardrails.ts')
    const { printable } = await import('../lead-page.ts')
    const texts = await readModelsFolder(modelsFolder(config))
    const path = file ?? texts.guardrails.file
    const guardrails = await readTriedGuardrails(texts, path)
    const at = now()
    const { tests, findings } = checkGuardrails(guardrails, Object.keys(texts.definitions), at)
    const { passed, failed } = tests
    const faults: Finding[] = [...findings]
    const hasDatabase = config.databaseUrl !== undefined || embeddedStatus(config.home).dataFolder !== null
    let leads: number | null = null
    if (options.data !== false && hasDatabase) {
      const { openDatabase } = await import('../../db/database.ts')
      const { findDataEnd } = await import('../../db/data-end.ts')
      const { loadEngine } = await import('../../server/engine.ts')
      const { askLeads } = await import('../../jobs/ask-leads.ts')
      const database = await openDatabase(config, { say, signal })
      try {
        const engine = await loadEngine(database.pool, config)
        const asOf = (await findDataEnd(database.pool, at)).newest ?? at
        const asked = { asOf, mostLeads, report: progress }
        const tally = await askLeads(database.pool, engine, guardrails, asked)
        leads = tally.leads
        const told = new Set(faults.map(({ rule }) => rule))
        const isNew = ({ rule, other }: Finding): boolean => !told.has(rule) && (!other || !told.has(other))
        faults.push(...tally.findings().filter(isNew))
      } finally {
        await database.close()
      }
    }
    if (json) {
      print(JSON.stringify({ file: path, rules: guardrails.rules.length, tests, findings: faults, leads }))
    } else {
      const lines = [
        ...failed.flatMap(({ name, line, differences }) => [
          `${path}:${line}: the test "${name}" fails`,
          ...differences.map((difference) => `    ${difference}`),
        ]),
        ...faults.map(({ line, text }) => `${path}:${line}: ${text}`),
        `${guardrails.rules.length} rules, ${passed} of ${guardrails.tests.length} tests passed${leads === null ? '' : `, asked about ${leads} leads`}.`,
      ]
      print(lines.map(printable).join('\n'))
    }
    if (failed.length > 0) return 1
    return faults.length > 0 ? 2 : 0
  },
})

interface Finding {
  readonly kind: string
  readonly rule: string
  readonly other: string | null
  readonly line: number
  readonly text: string
}
