import { Option } from 'commander'
import { WonlostError } from '../../errors.ts'
import { actingUser } from '../acting-user.ts'
import { type CommandOptions, defineCommand } from '../command.ts'

export const dataMergeCommand = defineCommand({
  name: 'data merge',
  summary: 'find leads and accounts that are there twice, and merge them so that it can be undone',
  configure(command) {
    command
      .option('--apply', 'merge what is found; without it, it is only shown')
      .addOption(
        new Option('--at-least <LEVEL>', 'how sure it must be (default: likely)').choices([
          'certain',
          'likely',
        ]),
      )
      .addOption(new Option('--only <KIND>', 'look at these only').choices(['leads', 'accounts']))
      .option('--out <FILE>', 'write what is found into a table (.csv, .jsonl, .parquet) to review')
      .option('--from <FILE>', 'merge what a reviewed table says: the rows whose column apply is yes')
      .option('--pair <ID...>', 'merge by hand: FROM INTO, two leads, or with --only accounts two accounts')
      .option('--undo <MERGE>', 'take a merge back, by its number; all: every one that is in force')
      .option('--list', 'show the merges in force')
      .option('--by <NAME>', 'who does it, for the record (default: the login name)')
      .addHelpText('after', HELP)
  },
  async run(context, _args, options) {
    const modes = ['from', 'pair', 'undo', 'list'].filter((mode) => options[mode] !== undefined)
    const [mode] = modes
    const foreign =
      mode === undefined ? [] : ['apply', 'atLeast', 'out', ...(mode === 'pair' ? [] : ['only'])]
    const others = foreign.filter((name) => options[name] !== undefined)
    if (modes.length > 1 || others.length > 0)
      throw new WonlostError(
        'usage',
        `--from, --pair, --undo and --list each stand alone, without --apply, --at-least and --out; only --pair takes --only. Given: ${[...modes, ...others].map((name) => `--${name.replace('atLeast', 'at-least')}`).join(', ')}.`,
      )
    const { runMerge } = await import('../run-merge.ts')
    if (mode === 'list') return runMerge.list(context)
    const by = typeof options.by === 'string' ? options.by.trim() : actingUser()
    if (by === '') throw new WonlostError('usage', '--by is a name. Given: "".')
    if (mode === 'undo') return runMerge.undo(context, by, readUndo(options.undo))
    if (mode === 'pair') return runMerge.pair(context, by, kindOf(options), readPair(options.pair))
    if (mode === 'from') return runMerge.fromFile(context, by, String(options.from))
    return runMerge.propose(context, by, options)
  },
})

function kindOf(options: CommandOptions): 'lead' | 'account' {
  return options.only === 'accounts' ? 'account' : 'lead'
}

function readPair(given: CommandOptions[string]): readonly [string, string] {
  if (Array.isArray(given) && given.length === 2) return [given[0]!, given[1]!]
  throw new WonlostError('usage', `--pair takes two ids, FROM and INTO. Given: ${JSON.stringify(given)}.`)
}

function readUndo(given: CommandOptions[string]): readonly number[] | 'all' {
  if (given === 'all') return 'all'
  if (typeof given === 'string' && /^[1-9]\d{0,14}$/.test(given)) return [Number(given)]
  throw new WonlostError(
    'usage',
    `--undo takes the number of a merge, as --list shows it, or all. Given: ${JSON.stringify(given)}.`,
  )
}

const HELP = `
Without options it shows what it would merge, and changes nothing. Nothing is moved by a merge: every row keeps the id that it came
with, and reading follows. So --undo is exact, also for what was learned since.

  certain   the same mail address and no other name; the word of the CRM; the same name and telephone number in one organisation;
            accounts: the same domain and name
  likely    at least 95 %: nearly the same name in one account or at one domain, weighed by how common the name is and by how many
            leads are there; for private addresses without an account the name is never enough
  possible  only shown: two of one name with numbered addresses, an address that several people use, another legal form...

info@, sales@ and the like tell nobody apart. Of a group the lead that came first remains.
Review: wonlost data merge --out merges.csv, change its column apply, wonlost data merge --from merges.csv`
