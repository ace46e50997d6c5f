/** The Python environment of the peers: made once, pinned, and used again until bench/requirements.txt changes. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WonlostError } from '../src/errors.ts'
import { BENCH_FOLDER, CACHE_FOLDER } from './folders.ts'
import type { PartContext } from './part.ts'
import { runToEnd } from './run-to-end.ts'

/** What the pinned versions ask for. */
const LEAST_PYTHON = '3.11'

/** PYTHON names another than that of the system: a newer one gets newer peers. */
const SYSTEM_PYTHON = process.env['PYTHON'] || 'python3'

const ENVIRONMENT = join(CACHE_FOLDER, 'env')
/** Written last: holds the sha256 of the requirements and the Python that they were installed for. */
const STAMP = join(ENVIRONMENT, 'wonlost-bench')

export interface PythonEnvironment {
  /** Path of the interpreter. */
  readonly python: string
  /** `Python 3.11.7`, then `lightgbm 4.7.0` and so on. */
  readonly versions: readonly string[]
}

/** Throws `bench_failed` when there is no Python, it is too old, or venv or pip are missing or fail. */
export async function preparePython(
  context: Pick<PartContext, 'start' | 'say' | 'signal'>,
): Promise<PythonEnvironment> {
  const requirements = join(BENCH_FOLDER, 'requirements.txt')
  const version = await systemPython(context)
  const text = readFileSync(requirements, 'utf8')
  const stamp = createHash('sha256').update(`${version}\n${text}`).digest('hex')
  const python = join(ENVIRONMENT, 'bin', 'python')
  if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp) {
    context.say(`Making the Python environment in ${ENVIRONMENT}, once.`)
    rmSync(ENVIRONMENT, { recursive: true, force: true })
    mkdirSync(CACHE_FOLDER, { recursive: true })
    await runToEnd(context, [SYSTEM_PYTHON, '-m', 'venv', ENVIRONMENT], {
      why: `${SYSTEM_PYTHON} -m venv failed. On Debian it is in the package python3-venv`,
    })
    await runToEnd(
      context,
      [python, '-m', 'pip', 'install', '--only-binary', ':all:', '--quiet', '--requirement', requirements],
      { why: 'pip could not install bench/requirements.txt' },
    )
    writeFileSync(STAMP, stamp)
  }
  const installed = await runToEnd(context, [python, '-m', 'pip', 'list', '--format', 'freeze'], {
    why: 'pip could not tell what is installed',
  })
  return { python, versions: [`Python ${version}`, ...requiredVersions(text, installed)] }
}

/** Of those that the requirements name, in their order: `lightgbm 4.7.0`. Some name two versions, one for an older Python. */
export function requiredVersions(requirements: string, installed: string): string[] {
  const versions = new Map(pinned(installed))
  const names = new Set(pinned(requirements).map(([name]) => name))
  return [...names].map((name) => `${name} ${versions.get(name)}`)
}

/** `lightgbm==4.7.0`, a line. */
function pinned(text: string): [name: string, version: string][] {
  return [...text.matchAll(/^([\w-]+)==([^\s;]+)/gm)].map(([, name, version]) => [name!, version!])
}

async function systemPython(context: Pick<PartContext, 'start' | 'signal'>): Promise<string> {
  const needed = `The bench needs ${SYSTEM_PYTHON}, version ${LEAST_PYTHON} or newer, with venv and pip`
  const code = 'import sys; print("%d.%d.%d" % sys.version_info[:3])'
  const version = (await runToEnd(context, [SYSTEM_PYTHON, '-c', code], { why: needed })).trim()
  if (!isAtLeast(version, LEAST_PYTHON))
    throw new WonlostError('bench_failed', `${needed}. It is ${version} here.`)
  return version
}

/** Compares `major.minor`. */
function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number)
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}
