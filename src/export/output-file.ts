/** A file that is there whole or not at all: written as FILE.partial, renamed when it is complete. */
import type { Stats } from 'node:fs'
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { WonlostError } from '../errors.ts'

export interface OutputFile {
  /** As it was given. */
  readonly path: string
  write(bytes: Uint8Array): Promise<void>
  /** Puts the file in the place of an earlier one. */
  finish(): Promise<void>
  /** Leaves no trace: an earlier file stays as it was. Does nothing after `finish`. */
  discard(): Promise<void>
}

/**
 * Begins FILE.partial beside `path`. An earlier file at `path` will be replaced (behind a link, the file that it points to); a
 * folder or anything else that is no regular file will not. Throws `file_not_writable`, here or from any of the methods.
 */
export async function openOutputFile(path: string): Promise<OutputFile> {
  const refused = (why: string, cause?: unknown): WonlostError =>
    new WonlostError('file_not_writable', why, { file: path, cause })
  const failed = (cause: unknown): never => {
    throw cause instanceof WonlostError
      ? cause
      : refused(`The file cannot be written${codeOf(cause)}.`, cause)
  }
  const { target, mode } = await targetOf(path, refused).catch(failed)
  const partial = `${target}.partial`
  const handle = await begin(partial, mode, refused).catch(failed)
  const began = await handle.stat()
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await handle.close()
  }
  const isOurs = async (): Promise<boolean> => isSame(await stat(partial).catch(() => null), began)
  return {
    path,
    async write(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done).catch(failed)
        done += bytesWritten
      }
    },
    async finish() {
      // On the disk before the name: a power cut must not leave an empty file under the name of a whole one.
      await handle.sync().catch(failed)
      await close().catch(failed)
      if (!(await isOurs())) throw refused('Another process writes the same file. Nothing was replaced.')
      await rename(partial, target).catch(failed)
    },
    async discard() {
      await close().catch(() => {})
      if (await isOurs()) await rm(partial, { force: true })
    },
  }
}

type Refuse = (why: string, cause?: unknown) => WonlostError

interface Target {
  readonly target: string
  /** Who may read and write the earlier file. What only its owner could read stays so. */
  readonly mode: number | undefined
}

/** The file to replace. */
async function targetOf(path: string, refused: Refuse): Promise<Target> {
  const there = await stat(path).catch(() => null)
  if (!there) {
    if (await lstat(path).catch(() => null)) throw refused('This is a link to a file that is not there.')
    return { target: path, mode: undefined }
  }
  if (there.isDirectory()) throw refused('This is a folder; give the path of a file.')
  if (!there.isFile()) throw refused('This is not a regular file, and is not replaced by one.')
  return { target: await realpath(path), mode: there.mode & 0o777 }
}

/** What an interrupted run left is removed first, not followed: it may be a link by now. */
async function begin(partial: string, mode: number | undefined, refused: Refuse): Promise<FileHandle> {
  const left = await lstat(partial).catch(() => null)
  if (left?.isDirectory()) throw refused(`${partial} is in the way: it is a folder.`)
  if (left) await rm(partial)
  return open(partial, 'wx', mode)
}

function isSame(a: Stats | null, b: Stats): boolean {
  return a !== null && a.ino === b.ino && a.dev === b.dev
}

function codeOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: ': its folder is not there',
    ENOTDIR: ': a part of the path is not a folder',
    EACCES: ': permission denied',
    EPERM: ': permission denied',
    EROFS: ': the file system is read-only',
    ENOSPC: ': the disk is full',
  }
  return reasons[code] ?? (code === '' ? '' : ` (${code})`)
}
