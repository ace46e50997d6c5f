/** Small files, read at once. */
import { WonlostError } from '../errors.ts'
import { notReadable, openRegularFile } from '../ingest/sources/regular-file.ts'

/** All bytes. Throws `file_not_readable`, also for more than `most` bytes: nothing is read then. */
export async function readWholeFile(path: string, most: number): Promise<Uint8Array> {
  const { handle, size } = await openRegularFile(path)
  try {
    if (size > most) {
      const message = `At most ${most} bytes are read. Given: ${size}.`
      throw new WonlostError('file_not_readable', message, { file: path })
    }
    // Into memory of this size: a file that grows meanwhile is read as it was.
    const bytes = new Uint8Array(size)
    let done = 0
    while (done < size) {
      const { bytesRead } = await handle.read(bytes, done, size - done, done).catch((cause: unknown) => {
        throw notReadable(path, cause)
      })
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.subarray(0, done)
  } finally {
    await handle.close()
  }
}
