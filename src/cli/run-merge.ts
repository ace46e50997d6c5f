/** What `wonlost data merge` does, by mode. */
import { type Database, openDatabase, withTransaction } from '../db/database.ts'
import { applyMerges, listMerges, type MergeRequest, undoMerges } from '../db/merges.ts'
import type { SubjectKind } from '../glossary.ts'
import { waitForTurn } from '../ingest/import-file.ts'
import { type Proposals, proposeAccountMerges, proposeLeadMerges } from '../ingest/merging/propose-merges.ts'
import type { CommandContext, CommandOptions, ExitCode } from './command.ts'
import { readMergeFile } from './merge-file.ts'
import {
  countMerges,
  mergeInWords,
  mergeToJson,
  proposalsInWords,
  proposalsToJson,
  REVIEW_COLUMNS,
  reviewRows,
} from './merge-report.ts'
import { openTableOut } from './table-out.ts'

const STALE =
  'Scores of what was merged or parted are as they were: wonlost score --all brings them up to date.'

async function inDatabase(
  { config, say, signal }: CommandContext,
  run: (database: Database) => Promise<void>,
): Promise<ExitCode> {
  const database = await openDatabase(config, { say, signal })
  try {
    await run(database)
    return 0
  } finally {
    await database.close()
  }
}

/** In one transaction, and not while an import writes the same leads. */
function inTurn<T>(
  { pool }: Database,
  { say, signal }: CommandContext,
  run: (client: Parameters<typeof applyMerges>[0]) => Promise<T>,
): Promise<T> {
  return withTransaction(pool, async (client) => {
    await waitForTurn(client, { say, signal })
    return run(client)
  })
}

async function list(context: CommandContext): Promise<ExitCode> {
  return inDatabase(context, async ({ pool }) => {
    const merges = await listMerges(pool, { undone: false })
    if (context.json) context.print(JSON.stringify({ merges: merges.map(mergeToJson) }))
    else for (const merge of merges) context.print(mergeInWords(merge))
    if (merges.length === 0) context.say('No merges are in force.')
  })
}

async function undo(
  context: CommandContext,
  by: string,
  which: readonly number[] | 'all',
): Promise<ExitCode> {
  return inDatabase(context, async (database) => {
    const at = context.now()
    const undone = await inTurn(database, context, (client) => undoMerges(client, which, { by, at }))
    context.print(
      context.json
        ? JSON.stringify({ undone })
        : undone === 1
          ? '1 merge was taken back.'
          : `${undone} merges were taken back.`,
    )
    if (undone > 0) context.say(STALE)
  })
}

async function pair(
  context: CommandContext,
  by: string,
  kind: SubjectKind,
  [fromId, intoId]: readonly [string, string],
): Promise<ExitCode> {
  const request = { fromId, intoId, evidence: { confidence: 'by hand', evidence: ['by hand'] } }
  return applyRequests(context, by, { account: [], lead: [], [kind]: [request] })
}

async function fromFile(context: CommandContext, by: string, file: string): Promise<ExitCode> {
  return applyRequests(context, by, await readMergeFile(file, context.signal))
}

async function applyRequests(
  context: CommandContext,
  by: string,
  requests: Readonly<Record<SubjectKind, readonly MergeRequest[]>>,
): Promise<ExitCode> {
  return inDatabase(context, async (database) => {
    const act = { by, at: context.now() }
    const ids = await inTurn(database, context, async (client) => ({
      account: await applyMerges(client, 'account', requests.account, act),
      lead: await applyMerges(client, 'lead', requests.lead, act),
    }))
    sayApplied(context, ids, {})
  })
}

/** The accounts and leads that are there twice; merged if it is asked for, and then in the transaction in which they were found. */
async function propose(context: CommandContext, by: string, options: CommandOptions): Promise<ExitCode> {
  const { print, json, progress: report, signal, now } = context
  const level = options.atLeast === 'certain' ? 'certain' : 'likely'
  const isApplied = options.apply === true
  // Rows for standard output are not asked for here: only a file is.
  const out =
    options.out === undefined ? null : await openTableOut({ ...context, json: false }, { out: options.out })
  try {
    return await inDatabase(context, async (database) => {
      const find = async (client: Parameters<typeof applyMerges>[0]) => {
        const found: Proposals[] = []
        const ids: Record<SubjectKind, number[]> = { account: [], lead: [] }
        const act = { by, at: now() }
        const settle = async (proposals: Proposals): Promise<void> => {
          found.push(proposals)
          if (isApplied)
            ids[proposals.kind] = await applyMerges(
              client,
              proposals.kind,
              proposals.merges.map(toRequest),
              act,
            )
        }
        if (options.only !== 'leads')
          await settle(await proposeAccountMerges(client, { level, report, signal }))
        const accountMerges = isApplied ? [] : (found[0]?.merges ?? [])
        if (options.only !== 'accounts')
          await settle(await proposeLeadMerges(client, accountMerges, { level, report, signal }))
        return { found, ids }
      }
      const { found, ids } = await (isApplied
        ? inTurn(database, context, find)
        : withTransaction(database.pool, find))
      await out?.write({ columns: REVIEW_COLUMNS, rows: reviewRows(found) })
      if (!json) print(found.map((each) => proposalsInWords(each).join('\n')).join('\n\n'))
      const shown = { level, file: out?.path ?? null, found: found.map(proposalsToJson) }
      if (isApplied) sayApplied(context, ids, shown)
      else if (json) print(JSON.stringify({ ...shown, applied: false }))
      else
        print(
          `\nNothing was changed. --apply merges what is ${level === 'certain' ? 'certain' : 'certain or likely'}.`,
        )
    })
  } finally {
    await out?.discard()
  }
}

function toRequest(proposal: Proposals['merges'][number]): MergeRequest {
  const { fromId, intoId, matchedId, confidence, probability, evidence } = proposal
  return { fromId, intoId, evidence: { confidence, probability, evidence, matched_id: matchedId } }
}

function sayApplied(
  { json, print, say }: CommandContext,
  ids: Readonly<Record<SubjectKind, readonly number[]>>,
  rest: Record<string, unknown>,
): void {
  const counts = { account: ids.account.length, lead: ids.lead.length }
  const sum = counts.account + counts.lead
  if (json)
    print(
      JSON.stringify({ ...rest, applied: true, merged: counts, merge_ids: [...ids.account, ...ids.lead] }),
    )
  else if (sum === 0) print('\nNothing was merged.')
  else print(`\nMerged: ${countMerges(counts)}. To take it back: wonlost data merge --undo NUMBER|all`)
  if (sum > 0) say(STALE)
}

export const runMerge = { list, undo, pair, fromFile, propose }
