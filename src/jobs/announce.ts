/**
 * Tells of what new scores crossed, in the transaction that keeps them: one row of the outbox a crossing, the promise of a response that
 * it begins, and what was told, so that the next score is compared with that.
 */
import type pg from 'pg'
import {
  type Announced,
  changePromises,
  lockAnnounced,
  presentSubjects,
  type StoredStanding,
  saveAnnounced,
} from '../db/announced.ts'
import { type Crossing, type WebhookEvent, writeOutbox } from '../db/outbox.ts'
import type { Milliseconds, SubjectKind, VerdictStatus } from '../glossary.ts'
import { durationOf } from '../iso-duration.ts'
import { beginsPromise, changeOf, promisesThatStay } from '../scoring/crossings.ts'
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
  { hysteresisPoints, asOf, now }: AnnounceOptions,
): Promise<number> {
  const ids = given.map(({ subjectId }) => subjectId)
  const announced = await lockAnnounced(client, subjectKind, ids)
  const seen = given.map(({ subjectId, previous, current }) => {
    const row = announced.get(subjectId)
    const told = toldOf(row, previous)
    const change = changeOf(told, current, hysteresisPoints)
    return { subjectId, row, told, current, change }
  })
  const moved = seen.filter(({ change, row, current }) => change !== 'none' || mayForgetWhy(row, current))
  if (moved.length === 0) return 0
  const present = await presentSubjects(
    client,
    subjectKind,
    moved.map(({ subjectId }) => subjectId),
  )
  const found = moved.filter(({ subjectId }) => present.has(subjectId))
  const crossed = found.filter(({ change }) => change === 'crossed')
  await saveAnnounced(
    client,
    subjectKind,
    found.map(({ subjectId, row, told, current, change }) => {
      const revision = row?.revision ?? 0
      if (change === 'crossed') return { subjectId, ...plain(current), revision: revision + 1 }
      return { subjectId, ...plain(change === 'held' ? told! : current), revision }
    }),
  )
  const entries = crossed.map(({ subjectId, row, told, current }) => {
    const revision = (row?.revision ?? 0) + 1
    const begins = beginsPromise(told, current) && current.respondWithin !== null
    const dueAt = begins ? now + durationOf(current.respondWithin) : null
    return { subjectId, told, current, revision, dueAt }
  })
  if (subjectKind === 'lead')
    await changePromises(
      client,
      subjectKind,
      entries.map(({ subjectId, current, revision, dueAt }) => ({
        ...{ subjectId, revision, dueAt, enteredAt: now },
        ...{ action: current.action, band: current.band, staying: promisesThatStay(current) },
      })),
    )
  await writeOutbox(
    client,
    entries.map(
      ({ subjectId, told, current, revision, dueAt }): Crossing => ({
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
      }),
    ),
  )
  return crossed.length
}

function toldOf(row: Announced | undefined, previous: StoredStanding | null): ToldStanding | null {
  if (row) return { band: row.band, verdict: row.verdict as VerdictStatus, byScore: row.byScore }
  if (!previous) return null
  const { band, scoreBand } = previous
  const verdict = previous.verdict as VerdictStatus
  return { band, verdict, byScore: isByScore(verdict, band, scoreBand) }
}

/** The band is the same, but it is the score now that gives it, or not any more. */
function mayForgetWhy(row: Announced | undefined, current: Standing): boolean {
  return row !== undefined && row.band === current.band && row.byScore !== current.byScore
}

function plain({ band, verdict, byScore }: ToldStanding): Omit<Announced, 'revision'> {
  return { band, verdict, byScore }
}

function typesOf(kind: SubjectKind, told: ToldStanding | null, now: Standing): WebhookEvent[] {
  const types: WebhookEvent[] = []
  if (told !== null && told.verdict !== now.verdict) types.push(`${kind}.verdict_changed`)
  if (told?.band !== now.band) types.push(`${kind}.band_changed`)
  return types
}
