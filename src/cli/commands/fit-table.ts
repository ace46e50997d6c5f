/** `wonlost fit-table`: a model and a report from any flat labelled CSV. No database. */
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { WonlostError } from '../../errors.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { MINUTES_HELP, readSearch, SEARCH_HELP } from '../search-option.ts'
import { readThreads, THREADS_FLAG, THREADS_HELP } from '../threads-option.ts'

export const fitTableCommand = defineCommand({
  name: 'fit-table',
  summary: 'learn from any labelled CSV and report how well it predicts',
  configure(command) {
    command
      .argument('<file>', 'CSV with a header; the delimiter is detected')
      .requiredOption('--target <column>', 'the outcome')
      .option('--positive <value>', 'the value of the target that counts as reached (yes, 1, true are known)')
      .option('--time <column>', 'split in order of this column; without it, of the file')
      .option('--id <column>', 'rows with the same value stay together; not learned from')
      .option('--exclude <columns>', 'columns not to learn from, separated by commas')
      .option(
        '--learner <name>',
        'logistic, boosting, or auto: boosting where it wins by more than the noise',
        'auto',
      )
      .option('--folds <k>', 'stratified folds in place of a split in order')
      .option('--seed <n>', 'seed of the folds and of every bootstrap', '1')
      .option('--search', SEARCH_HELP)
      .option('--minutes <N>', MINUTES_HELP)
      .option(THREADS_FLAG, THREADS_HELP)
  },
  async run(context, args, options) {
    const { json, print, progress, now, signal } = context
    const search = readSearch(options, context)
    const asked = { ...tableOptions(options), threads: readThreads(options), ...(search ? { search } : {}) }
    const startedAt = now()
    const file = args[0] ?? ''
    const bytes = await read(file)
    const { renderTableReport } = await import('../table-report.ts')
    const { fitTable } = await import('../../../training/table/fit-table.ts')
    const report = await fitTable(bytes, basename(file), asked, progress, signal)
    const seconds = (now() - startedAt) / 1000
    print(json ? JSON.stringify({ ...report, seconds }) : renderTableReport(report, seconds))
    return 0
  },
})

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new WonlostError('file_not_readable', `The table cannot be read: ${why}.`, { file, cause: error })
  }
}

function tableOptions(options: CommandOptions) {
  const text = (name: string): string | undefined => {
    const given = options[name]
    return typeof given === 'string' ? given : undefined
  }
  const [positive, time, id, folds] = [text('positive'), text('time'), text('id'), text('folds')]
  return {
    target: text('target') ?? '',
    exclude: (text('exclude') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    learner: text('learner') ?? 'auto',
    seed: wholeNumber('--seed', text('seed') ?? ''),
    ...(positive === undefined ? {} : { positive }),
    ...(time === undefined ? {} : { time }),
    ...(id === undefined ? {} : { id }),
    ...(folds === undefined ? {} : { folds: wholeNumber('--folds', folds) }),
  }
}

/** Not Number(): that reads "" as 0 and "0x10" as 16. */
function wholeNumber(option: string, given: string): number {
  if (!/^-?\d{1,15}$/.test(given))
    throw new WonlostError('usage', `${option} must be a whole number. Given: ${JSON.stringify(given)}.`)
  return Number(given)
}
