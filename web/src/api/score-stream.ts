/**
 * The stream of score changes: one for the whole page, and none while the page is hidden, for browsers hold six connections to a server
 * and no more. While there is none, for whatever reason, listeners are told to look every so often.
 */
import { isLost } from './connection.ts'
import type { components } from './openapi.ts'

export interface Followed {
  readonly subject: 'lead' | 'account'
  /** Only this one; without it all. */
  readonly id?: string | undefined
}

interface Listener extends Followed {
  readonly onNews: () => void
}

const LOOK_EVERY = 15_000
/** A browser goes on by itself where a line breaks, and gives up where something else is answered, as by a proxy whose server is away. */
const CONNECT_AGAIN_AFTER = 5_000

const listeners = new Set<Listener>()
let stream: EventSource | null = null
let connecting: ReturnType<typeof setTimeout> | undefined
/** Goes on while there is no stream. */
let looking: ReturnType<typeof setInterval> | undefined

/** `onNews` is called when the score of such a subject has changed, or may have. Returns what ends it. */
export function followScores(followed: Followed, onNews: () => void): () => void {
  const listener = { ...followed, onNews }
  listeners.add(listener)
  follow()
  return () => {
    listeners.delete(listener)
    follow()
  }
}

/** Timers that stood still for so long tell of a computer that slept: its line may be dead, and no browser says so. */
const SLEPT_AFTER = 40_000
const LOOK_AT_CLOCK_EVERY = 10_000

let lookedAtClock = Date.now()
setInterval(() => {
  const slept = Date.now() - lookedAtClock > SLEPT_AFTER
  lookedAtClock = Date.now()
  if (slept) connectAnew()
}, LOOK_AT_CLOCK_EVERY)
addEventListener('online', connectAnew)

document.addEventListener('visibilitychange', () => {
  follow()
  // Nobody listened meanwhile.
  if (!document.hidden) tellAll()
})

function follow(): void {
  const isWanted = listeners.size > 0 && !document.hidden
  if (isWanted && stream === null) connect()
  if (!isWanted) disconnect()
}

function connect(): void {
  const source = new EventSource('/v1/stream')
  stream = source
  source.addEventListener('score', ({ data }: MessageEvent<string>) => {
    tell(JSON.parse(data))
  })
  source.addEventListener('open', () => {
    if (looking === undefined) return
    stopLooking()
    // The stream tells again what a browser missed that had an id; what came before the first one it does not.
    tellAll()
  })
  source.addEventListener('error', () => {
    if (looking === undefined) {
      // While nobody answers, whoever waits for the server looks.
      looking = setInterval(() => isLost() || tellAll(), LOOK_EVERY)
      // Who asks now finds out whether the server answers at all.
      tellAll()
    }
    if (source.readyState !== EventSource.CLOSED) return
    connecting = setTimeout(connect, CONNECT_AGAIN_AFTER)
  })
}

function disconnect(): void {
  stream?.close()
  stream = null
  clearTimeout(connecting)
  stopLooking()
}

/** What came meanwhile is looked for. */
function connectAnew(): void {
  if (stream === null) return
  disconnect()
  follow()
  tellAll()
}

function stopLooking(): void {
  clearInterval(looking)
  looking = undefined
}

function tell({ lead_id: leadId, account_id: accountId }: components['schemas']['ScoreEvent']): void {
  for (const { subject, id, onNews } of listeners) {
    const changed = subject === 'lead' ? leadId : accountId
    if (changed !== undefined && (id === undefined || id === changed)) onNews()
  }
}

function tellAll(): void {
  for (const { onNews } of listeners) onNews()
}
