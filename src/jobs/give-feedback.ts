/** What a person says of a lead, kept with what they saw when they said it; for the command line and HTTP alike. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { withTransaction } from '../db/database.ts'
import { endExpiredOverrides } from '../db/expired-overrides.ts'
import {
  addFeedback,
  feedbackByKey,
  type NewFeedback,
  type StoredFeedback,
  seenScore,
} from '../db/feedback.ts'
import { holdLead } from '../db/hold-lead.ts'
import { loadObjection } from '../db/objections.ts'
import { holdOverrides } from '../db/overrides.ts'
import { rootOf } from '../db/people.ts'
import { readLead } from '../db/records.ts'
import { WonlostError } from '../errors.ts'
import type { Milliseconds, SubjectKind, TraitValue } from '../glossary.ts'
import { checkTrait, FEEDBACK_SOURCE, keepTraits } from '../ingest/set-traits.ts'
import type { Engine } from '../scoring/engine.ts'
import { rescoreLead } from './rescore-lead.ts'

interface GivenByAnyone {
  /** Of the client: said again under it, it is the same feedback. */
  readonly id?: string | undefined
  readonly by: string
  readonly comment?: string | undefined
  /** The score that the person saw was as of this. Default: the stored one. */
  readonly seenAsOf?: Milliseconds | undefined
}

/** Of a correction the time is that of the feedback: what was known before does not change. */
export type GivenFeedback = GivenByAnyone &
  (
    | { readonly kind: 'contacted' | 'accepted'; readonly occurredAt?: Milliseconds | undefined }
    | { readonly kind: 'rejected'; readonly reason: string; readonly occurredAt?: Milliseconds | undefined }
    | {
        readonly kind: 'corrected'
        readonly of: SubjectKind
        readonly trait: string
        /** null: not known any more. */
        readonly value: TraitValue | null
      }
  )

export interface KeptFeedback {
  readonly feedback: StoredFeedback
  /** It was there already, under its id. */
  readonly isRepeated: boolean
  /** What should be told of a correction. */
  readonly notes: readonly string[]
}

/**
 * Keeps it. A correction becomes a trait as well, from now on, and the lead is scored again with its account and colleagues; all other feedback changes no score and no
 * label. Throws `lead_not_found`; `account_not_found` for a correction of an account that the lead does not have; `feedback_conflict` for
 * an id that other feedback has; `invalid_request` for a reason that the policy does not have, or a trait that cannot be one.
 */
export async function giveFeedback(
  pool: pg.Pool,
  engine: Engine,
  leadId: string,
  given: GivenFeedback,
  now: Milliseconds,
): Promise<KeptFeedback> {
  await endExpiredOverrides(pool, now)
  return withTransaction(pool, async (client) => {
    if (given.kind === 'corrected') await holdOverrides(client)
    const root = await holdLead(client, leadId)
    const kept = await repeated(client, root, given)
    if (kept) return { feedback: kept, isRepeated: true, notes: [] }
    if (given.kind === 'rejected') checkReason(engine, given.reason)
    const { decided_by: model } = engine.policy
    const correction = given.kind === 'corrected' ? readCorrection(given, now) : null
    const told = given.kind === 'corrected' ? now : Math.min(given.occurredAt ?? now, now)
    const feedback = await addFeedback(client, {
      key: given.id === undefined ? null : { key: given.id, requestSha256: hashOf(given) },
      leadId: root,
      kind: given.kind,
      reason: given.kind === 'rejected' ? given.reason : null,
      comment: given.comment ?? null,
      correction,
      by: given.by,
      occurredAt: told,
      givenAt: now,
      seen: await seenScore(client, root, model, given.seenAsOf ?? null),
    })
    if (!feedback) {
      // Somebody said it at the same time.
      const other = await repeated(client, root, given)
      if (!other) throw new WonlostError('internal', 'Feedback was neither kept nor there before.')
      return { feedback: other, isRepeated: true, notes: [] }
    }
    if (!correction) return { feedback, isRepeated: false, notes: [] }
    const notes = await correct(client, root, correction, now)
    // Of its account, and who it is, say something about its colleagues as well.
    // Whoever objected to being scored may still have mended what is kept of them.
    if ((await loadObjection(client, root)) === null)
      await rescoreLead(client, engine, root, { colleagues: true, cause: 'feedback', now })
    return { feedback, isRepeated: false, notes }
  })
}

/** The feedback that has the id already; null where none has. Throws `feedback_conflict` where that is other feedback. */
async function repeated(
  client: pg.ClientBase,
  root: string,
  given: GivenFeedback,
): Promise<StoredFeedback | null> {
  if (given.id === undefined) return null
  const found = await feedbackByKey(client, given.id)
  if (!found) return null
  const isOfLead = ((await rootOf(client, 'lead', found.leadId)) ?? found.leadId) === root
  if (isOfLead && found.key?.requestSha256 === hashOf(given)) return found
  const message = `The id ${JSON.stringify(given.id)} was given to other feedback before. Say the same again under it, or give this feedback an id of its own.`
  throw new WonlostError('feedback_conflict', message, { field: 'id' })
}

/** Of all that was said, but for when it arrived. */
function hashOf(given: GivenFeedback): string {
  const { kind, by, comment = null, seenAsOf = null } = given
  const said =
    given.kind === 'corrected'
      ? [given.of, given.trait, given.value]
      : [given.kind === 'rejected' ? given.reason : null, given.occurredAt ?? null]
  return createHash('sha256')
    .update(JSON.stringify([kind, by, comment, seenAsOf, ...said]))
    .digest('hex')
}

function checkReason({ policy }: Engine, reason: string): void {
  const allowed = policy.feedback.rejection_reasons.map(({ name }) => name)
  if (allowed.includes(reason)) return
  const message = `reason must be one of ${allowed.join(', ')}: the policy lists them. Given: ${JSON.stringify(reason.slice(0, 80))}.`
  throw new WonlostError('invalid_request', message, { field: 'reason' })
}

type Correction = NonNullable<NewFeedback['correction']>

function readCorrection(
  { of, trait, value }: Extract<GivenFeedback, { kind: 'corrected' }>,
  now: Milliseconds,
): Correction {
  try {
    const checked = checkTrait(of, trait, value ?? '', now)
    return { of, trait: checked.name, value: checked.value }
  } catch (error) {
    throw asInvalidRequest(error)
  }
}

async function correct(
  client: pg.PoolClient,
  root: string,
  { of, trait, value }: Correction,
  now: Milliseconds,
): Promise<readonly string[]> {
  const subjectId = of === 'lead' ? root : (await readLead(client, root))?.account.accountId
  if (subjectId === null || subjectId === undefined)
    throw new WonlostError('account_not_found', 'The lead has no account whose trait could be corrected.', {
      field: 'of',
    })
  const times = { occurredAt: now, knownAt: now }
  try {
    return await keepTraits(client, of, subjectId, [{ name: trait, value }], times, FEEDBACK_SOURCE)
  } catch (error) {
    throw asInvalidRequest(error)
  }
}

/** What is wrong usage of a command is a fault of the request here. */
function asInvalidRequest(error: unknown): unknown {
  if (!(error instanceof WonlostError) || error.code !== 'usage') return error
  return new WonlostError('invalid_request', error.message, { field: 'trait' })
}
