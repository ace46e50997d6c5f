/** Promotion and roll-back, for the command line and HTTP alike: one compare-and-set, with who, when and why. */
import type pg from 'pg'
import { aliasOf, NO_VERSION, removeAlias } from '../db/model-aliases.ts'
import { championBefore, formerChampions } from '../db/model-history.ts'
import { aliasConflict, champions, loadArtifactBody, loadVersion, setAlias } from '../db/models.ts'
import { WonlostError } from '../errors.ts'
import { type Milliseconds, modelTitle } from '../glossary.ts'
import { loadModel } from '../scoring/load-model.ts'
import { objectionOf, refusePromotion, withoutStop } from './gate-verdict.ts'

export interface ChampionChange {
  readonly name: string
  readonly segment: string
  readonly reason: string
  readonly changedBy: string
  readonly now: Milliseconds
  /** The revision of the champion that the person saw; null: there was none. Default: that of now. */
  readonly expectedRevision?: number | null | undefined
}

export interface ChangedChampion {
  readonly name: string
  readonly segment: string
  /** null: there is none any more. What is less specific answers: another segment, everyone, the rubric. */
  readonly version: number | null
  /** The champion before; null where there was none. */
  readonly previous: number | null
  /** Of the alias; unchanged where the version was the champion already. null: there is none any more. */
  readonly revision: number | null
  readonly changed: boolean
  /** Against the gate. */
  readonly forced: boolean
}

/**
 * Makes a version the champion if the gate let it pass in comparison with the champion of now, or if `force` says so. Throws, before
 * anything is changed: `model_not_found`; `promotion_conflict` when somebody else was quicker; `artifact_invalid` or
 * `fingerprint_mismatch` for a version that no server could load; `promotion_refused`.
 */
export async function promote(
  pool: pg.Pool,
  version: number,
  { force, ...change }: ChampionChange & { readonly force: boolean },
): Promise<ChangedChampion> {
  const current = await championNow(pool, change)
  const { report } = await loadVersion(pool, change.name, change.segment, version)
  const objection = objectionOf(report, current?.version ?? null, await otherChampions(pool, change))
  if (current?.version !== version && objection !== null && !force)
    refusePromotion(modelTitle(change), version, objection)
  const forced = objection !== null
  const reason = forced ? `forced, though ${withoutStop(objection)}. Why: ${change.reason}` : change.reason
  return set(pool, current, version, { ...change, reason }, forced)
}

/**
 * Makes the champion before this one champion again, or the earlier one that `version` names. What came after it is left behind: a second
 * roll-back goes one further back, not forth again. Before the first there was none, and so it is again. The gate is not asked: what
 * served once may serve again, and that may have to be quick. Throws as `promote`; `promotion_refused` where there is nothing to go back
 * from.
 */
export async function rollBack(
  pool: pg.Pool,
  { version, ...change }: ChampionChange & { readonly version?: number | undefined },
): Promise<ChangedChampion> {
  const { name, segment } = change
  const current = await championNow(pool, change)
  const former = await formerChampions(pool, name, segment, current?.revision ?? null)
  if (!current && version === undefined) {
    const message = `${modelTitle(change)} has no champion: there is nothing to go back from.`
    throw new WonlostError('promotion_refused', message)
  }
  const target = version ?? championBefore(former)
  if (target === null) return takeBack(pool, current!, change)
  if (!former.includes(target)) {
    await loadVersion(pool, name, segment, target)
    const known = [...new Set(former)].filter((one) => one !== NO_VERSION).join(', ') || 'none'
    const message = `${modelTitle(change)} version ${target} was never the champion, so there is no going back to it: promote it. Champions so far: ${known}.`
    throw new WonlostError('promotion_refused', message)
  }
  return set(pool, current, target, change, false)
}

/** What scores the leads of a segment that has no champion: nothing where there is none for everyone, then the rubric does. */
async function otherChampions(
  pool: pg.Pool,
  { name, segment }: ChampionChange,
): Promise<{ segment: string | null; version: number }[]> {
  if (segment === '') return []
  const others = (await champions(pool)).filter((one) => one.name === name && one.segment !== segment)
  if (!others.some((one) => one.segment === '')) return []
  return others.map((one) => ({ segment: one.segment || null, version: one.version }))
}

type Current = Awaited<ReturnType<typeof aliasOf>>

/** Throws `promotion_conflict` where it is not the one that the person saw. */
async function championNow(
  pool: pg.Pool,
  { name, segment, expectedRevision }: ChampionChange,
): Promise<Current> {
  const current = await aliasOf(pool, name, segment, 'champion')
  if (expectedRevision !== undefined && expectedRevision !== (current?.revision ?? null))
    throw aliasConflict({ name, segment, alias: 'champion', expectedRevision }, current)
  return current
}

async function takeBack(
  pool: pg.Pool,
  { version: previous, revision: expectedRevision }: NonNullable<Current>,
  { name, segment, reason, changedBy, now }: ChampionChange,
): Promise<ChangedChampion> {
  await removeAlias(pool, { name, segment, alias: 'champion', expectedRevision, changedBy, reason, now })
  return { name, segment, version: null, previous, revision: null, changed: true, forced: false }
}

async function set(
  pool: pg.Pool,
  current: Current,
  version: number,
  { name, segment, reason, changedBy, now }: ChampionChange,
  forced: boolean,
): Promise<ChangedChampion> {
  const { artifactSha256: sha256 } = await loadVersion(pool, name, segment, version)
  loadModel({ name, segment, version, sha256, body: await loadArtifactBody(pool, sha256) })
  const previous = current?.version ?? null
  if (current && previous === version)
    return { name, segment, version, previous, revision: current.revision, changed: false, forced: false }
  const expectedRevision = current?.revision ?? null
  const change = { name, segment, alias: 'champion', version, expectedRevision } as const
  const revision = await setAlias(pool, { ...change, changedBy, reason, now })
  return { name, segment, version, previous, revision, changed: true, forced }
}
