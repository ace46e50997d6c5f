/** A person's own verdict, for a time: set and taken back, for the command line and HTTP alike. */
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { holdLead } from '../db/hold-lead.ts'
import {
  endOverrides,
  holdOverrides,
  loadOverrides,
  type StoredOverride,
  saveOverride,
} from '../db/overrides.ts'
import { WonlostError } from '../errors.ts'
import { DAY, formatTime, type Milliseconds } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import type { ScoredLead } from '../scoring/scored-lead.ts'
import { rescoreLead } from './rescore-lead.ts'
import { refuseObjecting } from './rights/object-lead.ts'

/** What holds longer than this is no exception but a rule, and belongs there. */
const LONGEST_OVERRIDE = 366 * DAY

const CAUSE = 'override'

export interface GivenOverride {
  readonly status: StoredOverride['status']
  readonly reason: string
  readonly expiresAt: Milliseconds
  readonly by: string
}

/**
 * From now until `expiresAt` the lead has this verdict, in place of any other by hand; answers what is said of it now, which is stored as
 * well. The same again changes nothing. Throws `lead_not_found`, `lead_objected`, and `invalid_request` for an end that is not in the next 366 days.
 */
export async function setOverride(
  pool: pg.Pool,
  engine: Engine,
  leadId: string,
  { status, reason, expiresAt, by }: GivenOverride,
  now: Milliseconds,
): Promise<ScoredLead> {
  if (expiresAt <= now || expiresAt > now + LONGEST_OVERRIDE) {
    const message = `expires_at must lie after now, ${formatTime(now)}, and at most ${LONGEST_OVERRIDE / DAY} days after it: what should hold longer is a rule. Given: ${formatTime(expiresAt)}.`
    throw new WonlostError('invalid_request', message, { field: 'expires_at' })
  }
  return withTransaction(pool, async (client) => {
    await holdOverrides(client)
    const root = await holdLead(client, leadId)
    await refuseObjecting(client, root)
    const before = (await loadOverrides(client, 'lead', [root], now + 1)).get(root)
    const isSame =
      before?.status === status &&
      before.reason === reason &&
      before.expiresAt === expiresAt &&
      before.setBy === by
    if (!isSame)
      await saveOverride(client, 'lead', root, { status, reason, setBy: by, setAt: now, expiresAt })
    return rescoreLead(client, engine, root, { colleagues: false, cause: CAUSE, now })
  })
}

/** What rules and scores say holds again, from now on. Throws `lead_not_found` and `override_not_found`. */
export async function clearOverride(
  pool: pg.Pool,
  engine: Engine,
  leadId: string,
  { by }: { readonly by: string },
  now: Milliseconds,
): Promise<ScoredLead> {
  return withTransaction(pool, async (client) => {
    await holdOverrides(client)
    const root = await holdLead(client, leadId)
    await refuseObjecting(client, root)
    if (!(await loadOverrides(client, 'lead', [root], now + 1)).has(root)) {
      const message = `The lead ${JSON.stringify(leadId)} has no verdict by hand that is in force.`
      throw new WonlostError('override_not_found', message, { field: 'id' })
    }
    await endOverrides(client, 'lead', root, { by, at: now })
    return rescoreLead(client, engine, root, { colleagues: false, cause: CAUSE, now })
  })
}
