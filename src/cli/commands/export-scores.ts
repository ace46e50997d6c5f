import { defineCommand } from '../command.ts'
import { readMoment } from '../moment.ts'
import { openTableOut, tableOptions } from '../table-out.ts'

export const exportScoresCommand = defineCommand({
  name: 'export scores',
  summary: 'write the stored scores as a table: one row a lead, for the CRM',
  configure(command) {
    for (const option of tableOptions()) command.addOption(option)
    command
      .option(
        '--changed-since <T>',
        'only leads whose score, band, verdict or decision changed at this time or later',
      )
      .option('--model <NAME...>', 'of these models; the first has the plain columns (default: all)')
      .option('--with-email', 'with the mail address, which is personal data, for a CRM that matches by it')
      .option('--no-reasons', 'without reasons: quicker, as they are computed on the way')
      .addHelpText('after', HELP)
  },
  async run(context, _args, options) {
    const { config, json, print, say, progress, now, signal } = context
    const startedAt = now()
    const { changedSince, model: models } = options
    const query = {
      changedSince:
        changedSince === undefined ? null : readMoment('--changed-since', changedSince, startedAt),
      models: Array.isArray(models) ? models : null,
      email: options.withEmail === true,
      reasons: options.reasons !== false,
    }
    const out = await openTableOut(context, options)
    try {
      const { openDatabase } = await import('../../db/database.ts')
      const { endExpiredOverrides } = await import('../../db/expired-overrides.ts')
      const { exportScores } = await import('../export-scores.ts')
      const database = await openDatabase(config, { say, signal })
      try {
        await endExpiredOverrides(database.pool, startedAt)
        const { table, notes, next, columns } = await exportScores(database.pool, config, query, {
          report: progress,
          signal,
        })
        const rows = await out.write(table)
        const seconds = (now() - startedAt) / 1_000
        for (const note of notes()) say(`Note: ${note}`)
        if (out.path === null) return 0
        if (json) {
          const summary = { file: out.path, rows, columns, next_changed_since: next, notes: notes(), seconds }
          print(JSON.stringify(summary))
        } else {
          print(`${out.path}: the scores of ${rows} leads in ${seconds.toFixed(1)} s.`)
          if (next !== null) print(`For what changes from here on: --changed-since ${next}`)
        }
        return 0
      } finally {
        await database.close()
      }
    } finally {
      await out.discard()
    }
  },
})

const HELP = `
Columns: lead_id, [email], score, band, probability, raw_points, model, model_segment, model_version, model_sha256, [reasons_for,
reasons_against], grade, verdict, verdict_reasons, decision_band, action, respond_within, route, as_of, scored_at; then for each
further model the first ones again under its name: fit_score, fit_band...

The model that decides has the plain names unless --model says otherwise. Empty: the model does not apply to the lead. Leads to
whom no model applies (any more) are left out. Text that a spreadsheet would run as a formula has an apostrophe before it.

--changed-since leaves out scores that came out the same again. After a change of the policy every lead is written again once it
is scored; after one of the guardrails, every lead that a rule stops. Grades follow from several models: with --model, only changes
of those named count. To bring a CRM up to date, give the time that the run before named at its end.`
