import { Option } from 'commander'
import type { Pace } from '../../../data/traffic.ts'
import { WonlostError } from '../../errors.ts'
import { formatDuration, parseDuration } from '../../features/duration.ts'
import { DAY, formatTime, type Milliseconds, SECOND } from '../../glossary.ts'
import { type CommandOptions, defineCommand, type ExitCode } from '../command.ts'
import { LARGEST_SEED, readInteger } from '../integer-option.ts'
import { readMoment } from '../moment.ts'
import { MOST_LEADS } from './generate.ts'

const LONGEST = DAY
const MONTHS = 24

export const simulateTrafficCommand = defineCommand({
  name: 'simulate-traffic',
  summary: 'play what the leads of the demo do against a running server, in accelerated time',
  configure: (command) =>
    command
      .addOption(
        new Option('--rate <N>', 'events a second on average, up to 10000 (default: 10)').conflicts('speed'),
      )
      .option('--speed <X>', 'instead of --rate: so many times as fast as it happened')
      .option('--for <D>', 'how long, such as 60s or 10m, up to 1d', '60s')
      .option('--url <URL>', 'where the server is (default: http://127.0.0.1 and the port of WONLOST_PORT)')
      .option('--key <KEY>', 'a key with the scope ingest (default: WONLOST_KEY, which others do not see)')
      .option('--leads <N>', 'as the demo was told', '20000')
      .option('--seed <N>', 'as the demo was told', '7')
      .option('--ends-at <T>', 'where the history of the demo ends (default: at midnight, UTC, of today)'),
  async run(context, _arguments, options): Promise<ExitCode> {
    const { config, json, print, say, progress, now, signal, endEarly } = context
    const pace = readPace(options)
    const lasting = readLasting(options)
    const simulation = {
      leads: readInteger(options, 'leads', 1, MOST_LEADS),
      seed: readInteger(options, 'seed', 0, LARGEST_SEED),
      months: MONTHS,
      endsAt:
        options.endsAt === undefined
          ? Math.floor(now() / DAY) * DAY
          : readMoment('--ends-at', options.endsAt, now()),
      drift: true,
    }
    const target = { url: readUrl(options, config.port), key: readKey(options, config.key), now }
    const { playTraffic, recordTraffic, speedOf } = await import('../../../data/traffic.ts')
    const { knowsLead, sendTraffic } = await import('../send-traffic.ts')
    const { trafficJson, trafficText } = await import('../traffic-text.ts')
    const traffic = await recordTraffic(simulation, async (leads) => {
      signal.throwIfAborted()
      progress('simulating leads and what they do', Math.min(leads, simulation.leads), simulation.leads)
    })
    const [first] = traffic.events
    if (!first)
      throw new WonlostError(
        'too_little_data',
        `In the last weeks of this history nobody did anything. Give more --leads. Given: ${simulation.leads}.`,
      )
    if (!(await knowsLead(target, first)))
      say(
        `The server does not know ${first.email} as the lead ${first.leadId}: its demo had other --leads, another --seed, or ended on another day than ${formatTime(simulation.endsAt)} (--ends-at). Events of people it does not know move no score.`,
      )
    const summary = await endEarly((ended) =>
      sendTraffic(playTraffic(traffic, pace), {
        ...target,
        run: `traffic-${now().toString(36)}-${process.pid}`,
        lasting,
        ended,
        signal,
        report: (elapsed) =>
          progress('playing events', Math.floor(Math.min(elapsed, lasting) / SECOND), lasting / SECOND),
      }),
    )
    const speed = speedOf(traffic, pace)
    print(json ? JSON.stringify(trafficJson(summary, speed)) : trafficText(summary, speed))
    return summary.refused + summary.unanswered > 0 ? 1 : 0
  },
})

function readPace({ rate, speed }: CommandOptions): Pace {
  return speed === undefined
    ? { rate: readPositive('--rate', rate ?? '10', 10_000) }
    : { speed: readPositive('--speed', speed, 1_000_000) }
}

function readPositive(name: string, given: CommandOptions[string], most: number): number {
  const value = typeof given === 'string' && /^\d{1,7}(\.\d{1,6})?$/.test(given) ? Number(given) : Number.NaN
  if (value > 0 && value <= most) return value
  const message = `${name} must be a number above 0, up to ${most}. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message)
}

function readLasting({ for: given }: CommandOptions): Milliseconds {
  const lasting = typeof given === 'string' ? parseDuration(given) : Number.NaN
  if (lasting >= SECOND && lasting <= LONGEST) return lasting
  const message = `--for must be a duration such as 60s or 10m, from 1s to ${formatDuration(LONGEST)}. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message)
}

/** What is sent as a header must not begin another one. */
function readKey({ key }: CommandOptions, fallback: string | undefined): string | null {
  const given = key ?? fallback
  if (given === undefined) return null
  if (typeof given === 'string' && /^[\x21-\x7e]+$/.test(given)) return given
  throw new WonlostError('usage', '--key must be a key as "wonlost keys create" shows it, without blanks.')
}

function readUrl({ url }: CommandOptions, port: number): string {
  const given = url ?? `http://127.0.0.1:${port}`
  const parsed = typeof given === 'string' && URL.canParse(given) ? new URL(given) : null
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.search && !parsed.hash)
    return parsed.href.replace(/\/+$/, '')
  const message = `--url must be http:// or https:// and a host, such as http://127.0.0.1:8787. Given: ${JSON.stringify(given)}.`
  throw new WonlostError('usage', message)
}
