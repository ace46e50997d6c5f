/** One process at a time in a home, with errors that say what to do. */
import { WonlostError } from '../../errors.ts'
import { withLock } from './lock.ts'
import { type HomeFolders, makeHome } from './place.ts'

export interface EmbeddedOptions {
  /** Told what takes long. */
  readonly say?: (text: string) => void
  readonly signal?: AbortSignal
}

/** Makes the home if need be, and runs `run` while no other process starts or stops its server. */
export async function underLock<T>(
  home: string,
  options: EmbeddedOptions,
  run: (folders: HomeFolders) => Promise<T>,
): Promise<T> {
  const { say = () => {}, signal } = options
  try {
    const folders = makeHome(home)
    return await withLock(folders.lock, () => run(folders), {
      onWait: (holder) =>
        say(`Waiting for process ${holder.pid}, which starts or stops the embedded PostgreSQL`),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    // A wait that was cut short throws an error of its own; what counts is why it was.
    signal?.throwIfAborted()
    throw explainFileError(home, error)
  }
}

/** No permission, no space, a read-only disk: the place is at fault, not the program. */
function explainFileError(home: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error)) return error
  return new WonlostError(
    'embedded_failed',
    `The embedded PostgreSQL cannot live in ${home}: ${error.message}. Choose another WONLOST_HOME, or set DATABASE_URL.`,
    { cause: error },
  )
}
