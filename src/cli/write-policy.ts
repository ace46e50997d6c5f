/** Writes a changed policy in the place of the one it was made from. */
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { WonlostError } from '../errors.ts'
import { type PolicyNames, readPolicy } from '../scoring/read-policy.ts'

/**
 * Beside it first, then in its place: nobody reads half a policy, and a link stays one. What somebody else wrote since `before` was read
 * is not lost. Throws `policy_invalid` and `file_not_writable`; then nothing is changed.
 */
export async function writePolicy(
  file: string,
  { before, text }: { readonly before: string; readonly text: string },
  names: PolicyNames,
): Promise<void> {
  readPolicy({ file, text }, names)
  try {
    const target = await realpath(file)
    const beside = `${target}.${process.pid}.new`
    const { mode } = await stat(target)
    try {
      await writeFile(beside, text, { flag: 'wx', mode })
      if ((await readFile(target, 'utf8')) !== before) throw new Error(CHANGED)
      await rename(beside, target)
    } finally {
      await rm(beside, { force: true })
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new WonlostError('file_not_writable', `${file} cannot be written: ${why}.`, { file, cause })
  }
}

const CHANGED =
  'it was changed since the new bands were worked out from it, and is left as it is; run the command again'
