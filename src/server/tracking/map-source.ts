/** The mapping file of live data, kept up to date: a change of the file counts from the next second on. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WonlostError } from '../../errors.ts'
import { type Milliseconds, SECOND } from '../../glossary.ts'
import { parseTrackingMap, type TrackingMap } from '../../ingest/tracking-map.ts'
import { packageFolder } from '../../package-folder.ts'

export interface TrackingMapSource {
  /**
   * The map of the file as it is now; while that is damaged the one before, and `tracking_invalid` where there is none. Without a file in the
   * models folder that of the package.
   */
  current(): Promise<TrackingMap>
}

const FILE = 'tracking.yaml'

/** Looks at the file no more often than `every`; `onProblem` is told once of each state of the file that cannot be used. */
export function createTrackingMapSource(
  folder: string,
  onProblem: (problem: WonlostError) => void = () => {},
  every: Milliseconds = SECOND,
): TrackingMapSource {
  let text: string | null = null
  let map: TrackingMap | null = null
  let problem: WonlostError | null = null
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null

  async function look(): Promise<void> {
    lookedAt = performance.now()
    const found = await readMap(folder)
    if (found === text) return
    text = found
    problem = null
    try {
      map = parseTrackingMap(found, FILE)
    } catch (error) {
      if (!(error instanceof WonlostError)) throw error
      problem = error
      onProblem(error)
    }
  }

  return {
    async current() {
      if (performance.now() - lookedAt >= every || map === null)
        looking ??= look().finally(() => {
          looking = null
        })
      await looking
      if (map) return map
      throw problem ?? new WonlostError('tracking_invalid', `${FILE} was not read yet.`)
    },
  }
}

async function readMap(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, FILE), 'utf8')
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isAbsent) return readFile(join(packageFolder(), 'models', FILE), 'utf8')
    const why = error instanceof Error ? error.message : String(error)
    throw new WonlostError('file_not_readable', `${FILE} cannot be read: ${why}.`, {
      file: FILE,
      cause: error,
    })
  }
}
