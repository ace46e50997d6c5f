/**
 * Tells of what new scores crossed, in the transaction that keeps them: one row of the outbox a crossing, the promise of a response that
 * it begins, and what was told, so that the next score is compared with that.
 */
import type pg from 'pg'
import {
  type Announced,
  changePromises,
  lockAnnounced,
  type PromiseChange,
  presentSubjects,
  type StoredStanding,
  saveAnnounced,
} from '../db/announced.ts'
import { type Crossing, type WebhookEvent, writeOutbox } from '../db/outbox.ts'
import { MOST_AHEAD } from '../db/save-scores.ts'
import { lastScored } from '../db/scores.ts'
import type { Milliseconds, SubjectKind, VerdictStatus } from '../glossary.ts'
import { durationOf } from '../iso-duration.ts'
import { beginsPromise, type Change, crossingOf, promisesThatStay } from '../scoring/crossings.ts'
import { isByScore, type Standing, type ToldStanding } from '../scoring/standing.ts'

export interface Announcement {
  readonly subjectId: string
  /** As it stood in the database before the new scores were kept. null: it was never scored. */
  readonly previous: StoredStanding | null
  readonly current: Standing
}

export interface AnnounceOptions {
  readonly hysteresisPoints: number
  readonly asOf: Milliseconds
  readonly now: Milliseconds
}

/** Returns how many crossings there were. Call it after the scores were kept, with the client of the same transaction. */
export async function announce(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  given: readonly Announcement[],
  options: AnnounceOptions,
): Promise<number> {
  const moved = await compare(client, subjectKind, given, options)
  const others = await saveAnnounced(
    client,
    subjectKind,
    moved.map(({ subjectId, row, told, current, change }) => {
      const { band, verdict, byScore } = change === 'held' && told ? told : current
      const revision = (row?.revision ?? 0) + (change === 'crossed' ? 1 : 0)
      return { subjectId, band, verdict, byScore, revision, isNew: row === undefined }
    }),
  )
  const crossed = moved.flatMap(({ subjectId, row, told, current, change }): Crossed[] => {
    if (change !== 'crossed' || others.has(subjectId)) return []
    const { respondWithin } = current
    const begins = respondWithin !== null && beginsPromise(told, current)
    const dueAt = begins ? options.now + durationOf(respondWithin) : null
    return [{ subjectId, told, current, revision: (row?.revision ?? 0) + 1, dueAt }]
  })
  // Feedback is about leads: nobody responds to an account.
  if (subjectKind === 'lead') await changePromises(client, subjectKind, crossed.map(promiseChange(options)))
  await writeOutbox(client, crossed.map(toCrossing(subjectKind, options)))
  if (others.size === 0) return crossed.length
  const again = given.filter(({ subjectId }) => others.has(subjectId))
  return crossed.length + (await announce(client, subjectKind, again, options))
}

/** As `announce`, but nobody hears of it: only what is told next is compared with it, and promises of bands that were left are withdrawn. */
export async function passOver(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  given: readonly Announcement[],
  options: AnnounceOptions,
): Promise<void> {
  const moved = await compare(client, subjectKind, given, options)
  await saveAnnounced(
    client,
    subjectKind,
    // Of whom there is no row, the stored score is what was told.
    moved.flatMap(({ subjectId, row, current: { band, verdict, byScore } }) =>
      row ? [{ subjectId, band, verdict, byScore, revision: row.revision, isNew: false }] : [],
    ),
  )
  if (subjectKind !== 'lead') return
  const left = moved.map((one) => ({ ...one, revision: one.row?.revision ?? 0, dueAt: null }))
  await changePromises(client, subjectKind, left.map(promiseChange(options)))
}

interface Compared extends Announcement {
  readonly row: Announced | undefined
  readonly told: ToldStanding | null
  readonly change: Change
}

interface Crossed {
  readonly subjectId: string
  readonly told: ToldStanding | null
  readonly current: Standing
  readonly revision: number
  /** null: it begins no promise. */
  readonly dueAt: Milliseconds | null
}

/** Those of whom something is to be told or remembered, locked where they have a row already. */
async function compare(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  given: readonly Announcement[],
  { hysteresisPoints, asOf }: AnnounceOptions,
): Promise<Compared[]> {
  const rows = await lockAnnounced(
    client,
    subjectKind,
    given.map(({ subjectId }) => subjectId),
  )
  const moved = given.flatMap((one): Compared[] => {
    const row = rows.get(one.subjectId)
    const told = toldOf(row, one.previous)
    const change = crossingOf(told, one.current, hysteresisPoints)
    const isOtherwise = row !== undefined && row.byScore !== one.current.byScore
    return change === 'none' && !isOtherwise ? [] : [{ ...one, row, told, change }]
  })
  if (moved.length === 0) return []
  const ids = moved.map(({ subjectId }) => subjectId)
  const present = await presentSubjects(client, subjectKind, ids)
  const overtaken = await scoredLater(client, subjectKind, moved, asOf)
  return moved.filter(({ subjectId }) => present.has(subjectId) && !overtaken.has(subjectId))
}

/**
 * Who had no score could not be held: of those somebody else may have kept, and told, a score as of later since it was looked. What he told
 * is seen, for the row of it is locked by now; so his score is seen as well.
 */
async function scoredLater(
  client: pg.ClientBase,
  subjectKind: SubjectKind,
  moved: readonly Compared[],
  asOf: Milliseconds,
): Promise<ReadonlySet<string>> {
  const unheld = moved.filter(({ row, previous }) => row !== undefined && previous === null)
  if (unheld.length === 0) return new Set()
  const stored = await lastScored(
    client,
    subjectKind,
    unheld.map(({ subjectId }) => subjectId),
  )
  const later = [...stored].filter(([, time]) => time > asOf && time <= asOf + MOST_AHEAD)
  return new Set(later.map(([subjectId]) => subjectId))
}

const promiseChange =
  ({ now }: AnnounceOptions) =>
  ({ subjectId, current, revision, dueAt }: Crossed): PromiseChange => {
    const { action, band } = current
    return { subjectId, revision, action, band, dueAt, enteredAt: now, staying: promisesThatStay(current) }
  }

const toCrossing =
  (subjectKind: SubjectKind, { asOf, now }: AnnounceOptions) =>
  ({ subjectId, told, current, revision, dueAt }: Crossed): Crossing => ({
    subjectKind,
    subjectId,
    kind: 'change',
    revision,
    types: typesOf(subjectKind, told, current),
    bandFrom: told?.band ?? null,
    bandTo: current.band,
    verdictFrom: told?.verdict ?? null,
    verdictTo: current.verdict,
    action: current.action,
    model: current.model,
    score: current.said?.score ?? null,
    asOf,
    respondBy: dueAt,
    createdAt: now,
  })

function toldOf(row: Announced | undefined, previous: StoredStanding | null): ToldStanding | null {
  if (row) return { band: row.band, verdict: row.verdict as VerdictStatus, byScore: row.byScore }
  if (!previous) return null
  const { band, scoreBand } = previous
  const verdict = previous.verdict as VerdictStatus
  return { band, verdict, byScore: isByScore(verdict, band, scoreBand) }
}

function typesOf(kind: SubjectKind, told: ToldStanding | null, now: Standing): WebhookEvent[] {
  const types: WebhookEvent[] = []
  if (told !== null && told.verdict !== now.verdict) types.push(`${kind}.verdict_changed`)
  if (told?.band !== now.band) types.push(`${kind}.band_changed`)
  return types
}
