/** Opens a file, and says in words why it cannot be read. */
import { type FileHandle, open, stat } from 'node:fs/promises'
import { WonlostError } from '../../errors.ts'

/** Opens a file for reading by position. Throws `file_not_readable`. */
export async function openRegularFile(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  const unreadable = (cause: unknown): never => {
    throw notReadable(path, cause)
  }
  // Looked at first: to open a pipe that nobody writes to would wait for ever.
  const status = await stat(path).catch(unreadable)
  if (!status.isFile())
    throw new WonlostError(
      'file_not_readable',
      `${status.isDirectory() ? 'This is a folder' : 'This is not a regular file'}; give the path of a file.`,
      { file: path },
    )
  return { handle: await open(path, 'r').catch(unreadable), size: status.size }
}

export function notReadable(path: string, cause: unknown): WonlostError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'There is no such file.',
    EACCES: 'This file may not be read: permission denied.',
    ENOTDIR: 'There is no such file: a part of the path is not a folder.',
  }
  const reason = reasons[code] ?? `The file cannot be read${code ? ` (${code})` : ''}.`
  return new WonlostError('file_not_readable', reason, { file: path, cause })
}
