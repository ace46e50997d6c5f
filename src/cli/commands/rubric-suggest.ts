import { type CommandContext, defineCommand } from '../command.ts'
import { readCutoff } from '../cutoff-option.ts'

export const rubricSuggestCommand = defineCommand({
  name: 'rubric suggest',
  summary: 'points for the rubric from won and lost deals, the old beside the new; prints the card as YAML',
  configure: (command) =>
    command
      .option('--cutoff <T>', 'learn what was known before this time; default: where the data ends')
      .option('--write <FILE>', 'write the card to this file instead of printing it'),
  async run(context, _arguments, options) {
    const { json, print, say, now } = context
    const cutoff = readCutoff(options, now())
    const { openOutputFile } = await import('../../export/output-file.ts')
    const { rubricSuggestionLines } = await import('../../../training/report/rubric-suggestion.ts')
    const { printable } = await import('../lead-page.ts')
    // Before the work: a file that cannot be written is told at once.
    const output = typeof options.write === 'string' ? await openOutputFile(options.write) : null
    try {
      const suggestion = await suggest(context, cutoff)
      await output?.write(Buffer.from(suggestion.yaml))
      await output?.finish()
      const told = rubricSuggestionLines(suggestion).map(printable).join('\n')
      if (json) print(JSON.stringify({ ...suggestion, file: output?.path ?? null }))
      else if (output)
        print(
          `${told}\n\nThe card is in ${printable(output.path)}. Its points answer where it is models/rubric.yaml.`,
        )
      else {
        say(told)
        print(suggestion.yaml.trimEnd())
      }
      return 0
    } finally {
      await output?.discard()
    }
  },
})

async function suggest({ config, say, progress, now, signal }: CommandContext, cutoff: number | null) {
  const { openDatabase } = await import('../../db/database.ts')
  const { modelsFolder } = await import('../../package-folder.ts')
  const { parsePolicy } = await import('../../policy/policy.ts')
  const { readModelsFolder } = await import('../../server/models-folder.ts')
  const { createRecordSource } = await import('../../../training/record-source.ts')
  const { suggestCard } = await import('../../../training/rubric/suggest-card.ts')
  const { chooseDefinitions, defaultCutoff } = await import('../training-choices.ts')
  const texts = await readModelsFolder(modelsFolder(config))
  const { decided_by: deciding } = parsePolicy(texts.policy.text, texts.policy.file)
  const [chosen] = chooseDefinitions(texts, [deciding])
  const database = await openDatabase(config, { say, signal })
  try {
    const { pool } = database
    return await suggestCard(
      createRecordSource(pool, { signal, report: progress }),
      chosen!.definition,
      texts.rubric,
      { cutoff: cutoff ?? (await defaultCutoff(pool, now(), say)), report: progress },
    )
  } finally {
    await database.close()
  }
}
