/**
 * The truth of a simulated history: how likely a lead was to win, given everything that it and its colleagues had done. The
 * derivation stands in truth/probability.ts. Nothing latent is used, so no model can be expected to know better. Where a
 * model knows less, that is because records are missing, late or wrong.
 */
import type pg from 'pg'
import { WonlostError } from '../src/errors.ts'
import type { Milliseconds } from '../src/glossary.ts'
import { parametersFingerprint } from './load/fingerprint.ts'
import type { Journey } from './simulator/journey.ts'
import { type SimulationOptions, worldOf } from './simulator/process.ts'
import { createStreamLaws } from './simulator/streams.ts'
import { createTruth } from './truth/probability.ts'

export interface Moment {
  readonly leadId: string
  readonly asOf: Milliseconds
}

/** Leads whose journeys are read at a time. */
const BATCH = 5_000

/**
 * P(the lead is a contact of a won deal of new business within [asOf, asOf + horizonDays)), in the order of `moments`.
 * NaN where there is nothing to tell: the account has decided by then, or the lead has not come yet. 0 for users of a customer,
 * competitors, students and countries that are not served. A visit that has begun at `asOf` counts as a whole, and what has
 * occurred counts even if it is known only later.
 * `horizonDays` is a whole number of at least 1. Throws `truth_unavailable` when the database holds no simulation, or one
 * drawn by other laws, and `lead_not_found` for a lead that is not simulated.
 */
export async function trueProbabilities(
  pool: pg.Pool,
  moments: readonly Moment[],
  horizonDays: number,
): Promise<Float64Array> {
  if (!Number.isInteger(horizonDays) || horizonDays < 1) {
    throw new WonlostError('usage', `The horizon is a whole number of days from 1; given: ${horizonDays}.`)
  }
  const options = await readOptions(pool)
  const truth = createTruth(createStreamLaws(worldOf(options)), horizonDays)
  const probabilities = new Float64Array(moments.length)
  // In order of time: what is expected of colleagues who come on a day is shared by all that ask for that day.
  const order = moments.map((_, place) => place).sort((a, b) => asOfAt(moments, a) - asOfAt(moments, b))
  const journeys = new Map<string, SimulatedPerson>()
  for (let start = 0; start < order.length; start += BATCH) {
    const places = order.slice(start, start + BATCH)
    const ids = new Set(places.map((place) => moments[place]?.leadId ?? ''))
    for (const id of journeys.keys()) if (!ids.has(id)) journeys.delete(id)
    await readPeople(
      pool,
      [...ids].filter((id) => !journeys.has(id)),
      journeys,
    )
    for (const place of places) {
      const moment = moments[place]
      const person = moment === undefined ? undefined : journeys.get(moment.leadId)
      if (moment === undefined || person === undefined) {
        throw new WonlostError('lead_not_found', `The lead ${moment?.leadId} is not a simulated one.`)
      }
      probabilities[place] = probabilityOf(person, moment.asOf)
    }
  }
  return probabilities

  function probabilityOf({ createdAt, isUser, journey }: SimulatedPerson, asOf: Milliseconds): number {
    if (createdAt > asOf) return Number.NaN
    return isUser ? 0 : truth.probability(journey, asOf)
  }
}

function asOfAt(moments: readonly Moment[], place: number): Milliseconds {
  return moments[place]?.asOf ?? 0
}

interface SimulatedPerson {
  readonly createdAt: Milliseconds
  /** Came because the account was a customer already. */
  readonly isUser: boolean
  readonly journey: Journey
}

async function readPeople(
  pool: pg.Pool,
  leadIds: readonly string[],
  into: Map<string, SimulatedPerson>,
): Promise<void> {
  if (leadIds.length === 0) return
  const { rows } = await pool.query<{
    lead_id: string
    person: number | null
    created_at: Date
    journey: Journey
  }>(
    `SELECT t.lead_id, t.person, l.created_at, a.journey
     FROM simulator_truth.leads t
     JOIN simulator_truth.accounts a USING (account_number)
     JOIN wonlost.leads l USING (lead_id)
     WHERE t.lead_id = ANY($1)`,
    [leadIds],
  )
  for (const { lead_id, person, created_at, journey } of rows) {
    into.set(lead_id, { createdAt: created_at.getTime(), isUser: person === null, journey })
  }
}

async function readOptions(pool: pg.Pool): Promise<SimulationOptions> {
  const { rows: tables } = await pool.query<{ name: string | null }>(
    `SELECT to_regclass('simulator_truth.parameters')::text AS name`,
  )
  if (tables[0]?.name === null) throw unavailable('There is no simulated history in this database.')
  const { rows } = await pool.query<{
    seed: number
    leads: number
    months: number
    ends_at: Date
    drift: boolean
    fingerprint: string
    /** Histories of before there was such a change have no such column. */
    campaign_change_days?: number | null
  }>('SELECT * FROM simulator_truth.parameters')
  const row = rows[0]
  if (row === undefined) throw unavailable('There is no simulated history in this database.')
  const { seed, leads, months, drift, campaign_change_days: campaignChangeDays } = row
  const options: SimulationOptions = {
    seed,
    leads,
    months,
    endsAt: row.ends_at.getTime(),
    drift,
    ...(campaignChangeDays == null ? {} : { campaignChangeDays }),
  }
  if (parametersFingerprint(options) !== row.fingerprint) {
    throw unavailable(
      'The history in this database was simulated by another version, whose laws are not known here.',
    )
  }
  return options
}

function unavailable(why: string): WonlostError {
  return new WonlostError('truth_unavailable', `${why} Make one: wonlost generate --reset.`)
}
