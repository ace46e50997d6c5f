/** The simulator enters some people twice and knows which: what `data merge` finds of them, and what it takes for one that is two. */
import { expect } from 'vitest'
import { generateInto } from '../../../data/load.ts'
import { withTransaction } from '../../../src/db/database.ts'
import { applyMerges, undoMerges } from '../../../src/db/merges.ts'
import { streamRecords } from '../../../src/db/records.ts'
import { parseTime } from '../../../src/glossary.ts'
import { proposeAccountMerges, proposeLeadMerges } from '../../../src/ingest/merging/propose-merges.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const ENDS_AT = parseTime('2026-11-01T00:00:00Z')
const ACT = { by: 'test', at: ENDS_AT }

async function records({ pool }: TestDatabase): Promise<string[]> {
  const all: string[] = []
  for await (const record of streamRecords(pool)) all.push(JSON.stringify(record))
  return all
}

export interface FoundDuplicates {
  readonly planted: number
  readonly found: number
  readonly merged: number
  /** Merges of two people. */
  readonly wrong: number
}

/** Merges what is proposed, measures it against the truth, and takes it back if that is to be looked at too. */
export async function findPlantedDuplicates(seed: number, isUndone: boolean): Promise<FoundDuplicates> {
  const database = await createTestDatabase()
  try {
    const { pool } = database
    await generateInto(
      pool,
      { leads: 4_000, seed, months: 24, endsAt: ENDS_AT, drift: true },
      { reset: false },
    )
    const before = isUndone ? await records(database) : []
    const leadMerges = await withTransaction(pool, async (client) => {
      const accounts = await proposeAccountMerges(client, { level: 'likely' })
      expect(accounts.merges).toEqual([])
      const { merges } = await proposeLeadMerges(client, accounts.merges, { level: 'likely' })
      const requests = merges.map(({ fromId, intoId, evidence }) => ({
        fromId,
        intoId,
        evidence: { evidence },
      }))
      await applyMerges(client, 'lead', requests, ACT)
      const again = await proposeLeadMerges(client, [], { level: 'likely' })
      expect(again.merges).toEqual([])
      return merges
    })
    const { rows } = await pool.query<{ planted: number; found: number }>(
      `SELECT count(*) AS planted, count(*) FILTER (WHERE coalesce(a.merged_into, a.lead_id) = coalesce(b.merged_into, b.lead_id)) AS found
       FROM simulator_truth.leads planted JOIN wonlost.leads a USING (lead_id) JOIN wonlost.leads b ON b.lead_id = planted.duplicate_of`,
    )
    const { rows: wrong } = await pool.query(
      `SELECT FROM unnest($1::text[], $2::text[]) AS merge (from_id, into_id)
       JOIN simulator_truth.leads a ON a.lead_id = from_id JOIN simulator_truth.leads b ON b.lead_id = into_id
       WHERE coalesce(a.duplicate_of, a.lead_id) <> coalesce(b.duplicate_of, b.lead_id)`,
      [leadMerges.map(({ fromId }) => fromId), leadMerges.map(({ intoId }) => intoId)],
    )
    if (isUndone) {
      await withTransaction(pool, (client) => undoMerges(client, 'all', ACT))
      expect(await records(database)).toEqual(before)
    }
    return { ...rows[0]!, merged: leadMerges.length, wrong: wrong.length }
  } finally {
    await database.drop()
  }
}
