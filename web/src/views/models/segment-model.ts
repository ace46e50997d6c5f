/** A model as people choose it: a name, for everyone or for one segment. */
import type { Model, ModelVersion } from './use-models.ts'

export interface SegmentModel {
  readonly name: string
  /** null: for everyone. */
  readonly segment: string | null
  /** What answers now; null: nothing of this segment. */
  readonly serving: Model['serving'][number] | null
  /** Newest first. */
  readonly versions: readonly ModelVersion[]
  readonly champion: ModelVersion | null
  readonly challenger: ModelVersion | null
}

export function segmentModels({ name, serving, versions }: Model): SegmentModel[] {
  const segments = [...new Set([...serving, ...versions].map(({ segment }) => segment))]
  const everyoneFirst = segments.sort((a, b) => (a ?? '').localeCompare(b ?? ''))
  return everyoneFirst.map((segment) => {
    const own = versions.filter((version) => version.segment === segment)
    return {
      name,
      segment,
      serving: serving.find((one) => one.segment === segment) ?? null,
      versions: own,
      champion: own.find(({ alias }) => alias === 'champion') ?? null,
      challenger: own.find(({ alias }) => alias === 'challenger') ?? null,
    }
  })
}

export function modelPath(name: string, segment: string | null): string {
  const query = segment === null ? '' : `?segment=${encodeURIComponent(segment)}`
  return `/models/${encodeURIComponent(name)}${query}`
}

/** The rubric of the files has no version. */
const OF_THE_FILE = '0'

export function servingText({ serving }: SegmentModel): string {
  if (serving === null) return 'nothing of its own'
  const { basis, version } = serving
  return version === OF_THE_FILE ? `${basis}, as its file says` : `version ${version}, ${basis}`
}

/** Which state of the champion this is: another one after each promotion and roll-back. */
export function championKey({ champion }: SegmentModel): string {
  return champion === null ? 'none' : `${champion.version} ${champion.revision}`
}

/** The version that people look at first: the champion; where a rubric answers, what waits to take its place. */
export function firstVersion({ challenger, versions, champion }: SegmentModel): string | null {
  return (champion ?? challenger ?? versions[0])?.version ?? null
}

/** The whole report, as training wrote it: a page of its own, opened beside the dashboard. */
export function reportPath(name: string, segment: string | null, version: string): string {
  const query = segment === null ? '' : `?segment=${encodeURIComponent(segment)}`
  return `/v1/models/${encodeURIComponent(name)}/versions/${version}/report${query}`
}
