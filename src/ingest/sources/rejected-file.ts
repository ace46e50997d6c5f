/** A file for the rows that were turned down: written beside its final name, and put there when all is well. */
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { WonlostError } from '../../errors.ts'

export interface RejectedFile {
  readonly path: string
  /** The first call creates the file. */
  append(bytes: Buffer): Promise<void>
  finish(): Promise<void>
  discard(): Promise<void>
}

/** `head` is what the file begins with. Throws `file_not_writable`. */
export function createRejectedFile(path: string, head: () => Buffer): RejectedFile {
  const partial = `${path}.partial`
  let output: FileHandle | null = null
  const writing = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : ''
      const message = `Rows were rejected, and the file for them cannot be written${code}. Nothing was imported.`
      throw new WonlostError('file_not_writable', message, { file: path, cause })
    }
  }
  return {
    path,
    async append(bytes) {
      if (output === null) {
        output = await writing(open(partial, 'w'))
        await writing(output.appendFile(head()))
      }
      await writing(output.appendFile(bytes))
    },
    async finish() {
      if (output === null) return writing(rm(path, { force: true }))
      await output.close()
      output = null
      await writing(rename(partial, path))
    },
    async discard() {
      if (output === null) return
      await output.close()
      await rm(partial, { force: true })
    },
  }
}
