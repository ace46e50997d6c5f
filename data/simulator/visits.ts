/** Draws the visits of a lead: its first touch, and what its streams bring. */
import type { Milliseconds } from '../../src/glossary.ts'
import { gamma, happens, poisson, type Random } from '../random.ts'
import { dayOf, fractionOfDay, startOfDay, timeAt, visitClock } from './calendar.ts'
import { type JourneyLead, type Stream, type Visit, visitRate } from './journey.ts'
import type { Persona } from './people.ts'
import { type StreamKind, TEMPLATES } from './sessions.ts'
import { FOLLOWING_DAYS, FOLLOWING_MIXTURES, INTEREST_SHAPES, type StreamLaws } from './streams.ts'

/** A lead at the moment of its first touch. */
export function enterLead(
  persona: Persona,
  enteredAt: Milliseconds,
  laws: StreamLaws,
  random: Random,
): JourneyLead {
  const streams = [newStream('main', enteredAt, random)]
  const template = drawTemplate(laws.entryMixtures[persona.group] ?? new Float64Array(), random)
  const entry = template < 0 ? null : drawVisit(template, enteredAt, random)
  const begun = begunBy(template, enteredAt, random)
  if (begun !== null) streams.push(begun)
  return { persona, enteredAt, entry, streams }
}

function newStream(kind: StreamKind, beganAt: Milliseconds, random: Random): Stream {
  const shape = INTEREST_SHAPES[kind]
  return { kind, beganAt, interest: gamma(random, shape) / shape, visits: [] }
}

/** The stream that a visit of this template begins. */
function begunBy(template: number, at: Milliseconds, random: Random): Stream | null {
  const begins = TEMPLATES[template]?.begins ?? null
  return begins === null ? null : newStream(begins, at, random)
}

/** Index of a template; -1 with the chance that is left. */
function drawTemplate(chances: Float64Array, random: Random): number {
  let left = random.uniform()
  let last = -1
  for (let index = 0; index < chances.length; index++) {
    const chance = chances[index] ?? 0
    if (chance > 0) last = index
    left -= chance
    if (left < 0) return index
  }
  // Chances that sum to 1 may leave a rounding error over: it belongs to the last of them.
  return left < 1e-9 ? last : -1
}

function drawVisit(index: number, at: Milliseconds, random: Random): Visit {
  const template = TEMPLATES[index]
  if (template === undefined) throw new RangeError(`there is no session template ${index}`)
  const counts = [template.anchor, 1]
  for (const part of template.parts) {
    const count =
      part.mean === undefined ? Number(happens(random, part.chance ?? 0)) : poisson(random, part.mean)
    if (count > 0) counts.push(part.effect, count)
  }
  return { at, counts }
}

/**
 * The lead with what its streams bring from `from` to the end of `lastDay`; streams that visits begin are drawn in turn.
 * `zone`: whole hours from UTC.
 */
export function drawVisits(
  lead: JourneyLead,
  from: Milliseconds,
  lastDay: number,
  zone: number,
  laws: StreamLaws,
  random: Random,
): JourneyLead {
  const streams = [...lead.streams]
  for (let place = 0; place < streams.length; place++) {
    const stream = streams[place]
    if (stream === undefined) break
    const { visits, begun } = drawStream(stream, lead.persona.group, from, lastDay, zone, laws, random)
    streams[place] = { ...stream, visits: [...stream.visits, ...visits] }
    streams.push(...begun)
  }
  return { ...lead, streams }
}

function drawStream(
  stream: Stream,
  group: number,
  from: Milliseconds,
  lastDay: number,
  zone: number,
  laws: StreamLaws,
  random: Random,
): { visits: Visit[]; begun: Stream[] } {
  const clock = visitClock(zone)
  const startDay = dayOf(stream.beganAt)
  const firstDay = Math.max(startDay + 1, dayOf(from))
  const endDay = stream.kind === 'main' ? lastDay : Math.min(lastDay, startDay + FOLLOWING_DAYS)
  const visits: Visit[] = []
  const begun: Stream[] = []
  for (let day = firstDay; day <= endDay; day++) {
    const passed = startOfDay(day) < from ? clock.before(fractionOfDay(from)) : 0
    const mean = stream.interest * visitRate(laws, stream.kind, group, startDay, day) * (1 - passed)
    for (let left = poisson(random, mean); left > 0; left--) {
      const template = drawTemplate(mixtureOf(stream.kind, group, day, laws), random)
      const at = timeAt(day, clock.at(passed + random.uniform() * (1 - passed)))
      visits.push(drawVisit(template, at, random))
      const next = begunBy(template, at, random)
      if (next !== null) begun.push(next)
    }
  }
  visits.sort((a, b) => a.at - b.at)
  return { visits, begun }
}

function mixtureOf(kind: StreamKind, group: number, day: number, laws: StreamLaws): Float64Array {
  if (kind !== 'main') return FOLLOWING_MIXTURES[kind]
  return laws.visitMixtures[group]?.[laws.programme(day)] ?? new Float64Array()
}
