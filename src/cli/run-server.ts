/** Serves until the command is stopped: what `serve` does, and `demo` at its end. */
import { once } from 'node:events'
import { formatTime } from '../glossary.ts'
import { SWEEP } from '../jobs/sweep.ts'
import { type ServerJob, startServer } from '../server/main.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { type MonitorSummary, monitorOnThread } from './monitor-job.ts'
import { sweepOnThread } from './sweep-job.ts'

export interface Beside {
  /** Says what it does, if anything. */
  readonly about: string
  /** Begun when the server listens. Ends when the signal is aborted. */
  readonly run: (url: string, signal: AbortSignal) => Promise<void>
}

/** `lead`: an id for the examples. `beside`: what goes on while it serves. */
export async function runServer(
  { config, json, print, say, now, signal }: CommandContext,
  { lead = 'LEAD', beside }: { readonly lead?: string; readonly beside?: Beside } = {},
): Promise<ExitCode> {
  const logger = { level: config.logLevel, stream: { write: (line: string) => print(line.trimEnd()) } }
  const monitor: ServerJob = {
    name: 'monitor',
    cron: config.monitorSchedule,
    async run(url, stopped) {
      for (const found of await monitorOnThread({ config, url }, stopped)) say(monitorLine(found))
    },
  }
  const sweep: ServerJob = {
    name: SWEEP,
    cron: config.sweepSchedule,
    async run(url, stopped) {
      const done = await sweepOnThread({ config, url }, stopped)
      if (!done) return
      const failed = done.setAside > 0 ? ` ${done.setAside} could not be scored, and are tried again.` : ''
      say(
        `Sweep: ${done.leads} leads and ${done.accounts} accounts scored as of ${formatTime(done.asOf)}.${failed}`,
      )
    },
  }
  const server = await startServer(config, {
    now,
    logger,
    say,
    signal,
    rescoringThread: true,
    scheduled: [monitor, sweep].filter(({ cron }) => cron !== 'off'),
  })
  if (json) print(JSON.stringify({ url: server.url }))
  say(`Wonlost listens at ${server.url}`)
  say('  Open it in a browser: the dashboard.')
  const isOpen = config.auth === 'off'
  say(
    isOpen
      ? '  Only this machine can reach it, and nobody is asked for a key (AUTH=off).'
      : '  Requests need a key. To make one: export WONLOST_KEY=$(wonlost keys create --scope read,score)',
  )
  const { loadedAt, problem } = server.status()
  if (loadedAt === null) say(`  Not ready yet: ${problem?.message ?? 'still starting'}`)
  const curl = isOpen ? 'curl' : 'curl -H "Authorization: Bearer $WONLOST_KEY"'
  say(`  ${curl} '${server.url}/v1/leads?limit=5'`)
  say(`  ${curl} '${server.url}/v1/leads/${lead}/score?as_of=now'`)
  say(
    `  ${curl} ${server.url}/v1/score -H 'content-type: application/json' -d '{"lead":{"lead_id":"me","traits":{"email":"ada@example.com","title":"CTO"}}}'`,
  )
  say(`  ${server.url}/docs shows the rest. Ctrl-C stops it.`)
  if (beside) {
    say(`  ${beside.about}`)
    // What it cannot do is no reason to serve nobody.
    beside.run(server.url, signal).catch((error: unknown) => {
      if (!signal.aborted) say(error instanceof Error ? error.message : String(error))
    })
  }
  if (!signal.aborted) await once(signal, 'abort')
  say('Stopping: what was accepted is finished first.')
  await server.close()
  return 0
}

function monitorLine({ model, version, because, crossed }: MonitorSummary): string {
  return [`Monitor: ${model} version ${version}: ${because}`, ...crossed].join(' ')
}
