import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const dbStatusCommand = defineCommand({
  name: 'db status',
  summary: 'say whether the database runs, where, and who uses it',
  async run({ config, json, print }) {
    const status =
      config.databaseUrl === undefined ? await ofEmbedded(config.home) : await ofGiven(config.databaseUrl)
    if (json) print(JSON.stringify(status))
    else
      for (const [key, value] of Object.entries(status)) print(`${key.replace('_', ' ')}: ${inWords(value)}`)
    return 0
  },
})

async function ofEmbedded(home: string): Promise<Record<string, unknown>> {
  const { embeddedStatus } = await import('../../db/embedded/embedded.ts')
  const { running, pinned, url, version, dataFolder, log, leases } = embeddedStatus(home)
  return {
    embedded: true,
    running,
    pinned,
    url,
    version,
    data_folder: dataFolder,
    log,
    leases: leases.map(({ pid, command }) => ({ pid, command })),
  }
}

/** A server that is not ours to start: whether it answers us, or why not. The password stays out of sight. */
async function ofGiven(databaseUrl: string): Promise<Record<string, unknown>> {
  const { serverVersion } = await import('../../db/database.ts')
  const shown = new URL(databaseUrl)
  if (shown.password) shown.password = '***'
  if (shown.searchParams.has('password')) shown.searchParams.set('password', '***')
  const url = shown.href
  try {
    return { embedded: false, running: true, url, version: await serverVersion(databaseUrl), problem: null }
  } catch (error) {
    if (!(error instanceof WonlostError && error.code === 'database_unavailable')) throw error
    return { embedded: false, running: false, url, version: null, problem: error.message }
  }
}

function inWords(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '-'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(({ command, pid }) => `${command} (pid ${pid})`).join(', ')
  return String(value)
}
