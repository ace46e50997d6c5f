import { WonlostError } from '../../errors.ts'
import { formatTime } from '../../glossary.ts'
import type { ScoredLead } from '../../scoring/scored-lead.ts'
import { defineCommand } from '../command.ts'
import { leadLines } from '../lead-page.ts'
import { readAsOf } from '../moment.ts'

export const scoreCommand = defineCommand({
  name: 'score',
  summary: 'score leads of the database: some by id, or all of them, whose scores are kept',
  configure: (command) =>
    command
      .argument('[LEAD...]', 'ids of leads; their scores are printed, not kept')
      .option('--all', 'score every lead and keep the scores')
      .option('--as-of <T>', 'with what was known before this time: now, or 2026-11-21T00:00:00Z', 'now')
      .option('--explain', 'with reasons; the default for leads by id')
      .option('--no-explain', 'without reasons'),
  async run(context, leadIds, options) {
    const { config, json, print, say, progress, now, signal } = context
    const all = options.all === true
    if (all === leadIds.length > 0) {
      const given = all ? 'both' : 'neither'
      throw new WonlostError('usage', `score takes ids of leads or --all. Given: ${given}.`)
    }
    const startedAt = now()
    const asOf = readAsOf(options, startedAt)
    const explain = typeof options.explain === 'boolean' ? options.explain : !all
    const { openDatabase } = await import('../../db/database.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const show = (scored: ScoredLead) => print(json ? JSON.stringify(scored) : leadLines(scored).join('\n'))

    const database = await openDatabase(config, { say, signal })
    try {
      const engine = await loadEngine(database.pool, config)
      if (!all) {
        const { scoreOneLead } = await import('../../jobs/score-lead.ts')
        for (const leadId of leadIds)
          show(await scoreOneLead(database.pool, engine, leadId, asOf, { explain }))
        return 0
      }
      const { scoreLeads } = await import('../../jobs/score-leads.ts')
      const summary = await scoreLeads(database.pool, engine, {
        asOf,
        scoredAt: startedAt,
        cause: 'score',
        explain,
        report: progress,
        signal,
        // A list of all leads is for programs; people get the summary.
        ...(json ? { onScored: show } : {}),
      })
      const seconds = (now() - startedAt) / 1_000
      const tell = json ? say : print
      tell(
        `Scored ${summary.leads} leads as of ${formatTime(asOf)} in ${seconds.toFixed(1)} s; ${summary.changed} scores changed.`,
      )
      tell(`Bands: ${countsText(summary.bands)}`)
      tell(`Verdicts: ${countsText(summary.verdicts)}`)
      return 0
    } finally {
      await database.close()
    }
  },
})

function countsText(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a)
  return entries.map(([name, count]) => `${name} ${count}`).join(', ') || 'none'
}
