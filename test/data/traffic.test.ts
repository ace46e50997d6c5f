import { expect, test } from 'vitest'
import { simulate } from '../../data/simulator/simulate.ts'
import { playTraffic, recordTraffic, speedOf } from '../../data/traffic.ts'
import { DAY } from '../../src/glossary.ts'
import { taken } from '../support/taken.ts'
import { ENDS_AT, optionsOf } from './helpers.ts'

const options = optionsOf({ leads: 100 })

test('what leads did in the last four weeks, in order, by the address that is theirs', async () => {
  const turns: number[] = []
  const traffic = await recordTraffic(options, async (leads) => void turns.push(leads))
  const accounts = [...simulate(options)]
  const emails = new Map(accounts.flatMap(({ leads }) => leads.map(({ leadId, email }) => [leadId, email])))
  const late = accounts.flatMap(({ events }) => events.filter((one) => one.occurredAt >= ENDS_AT - 28 * DAY))
  expect(turns).toHaveLength(accounts.length)
  expect(traffic.events).toHaveLength(late.length)
  expect(late.length).toBeGreaterThan(20)
  for (const { leadId, email } of traffic.events) expect(email).toBe(emails.get(leadId))
  expect(traffic.at).toEqual(
    late.map(({ occurredAt }) => occurredAt - (ENDS_AT - 28 * DAY)).sort((a, b) => a - b),
  )
})

test('gaps are shortened alike, and after the last event the first comes again; a rate is that of a whole round', async () => {
  const traffic = await recordTraffic(options, async () => {})
  const { length } = traffic.events
  const played = taken(playTraffic(traffic, { rate: 50 }), 2 * length)
  expect(played[length]!.event).toBe(traffic.events[0])
  expect(played[length]!.due - played[0]!.due).toBeCloseTo((1_000 * length) / 50, 6)
  const speed = speedOf(traffic, { rate: 50 })
  for (const [place, { due }] of played.slice(0, length).entries())
    expect(due).toBeCloseTo(traffic.at[place]! / speed, 6)
  expect(speedOf(traffic, { speed: 7 })).toBe(7)
  expect([...playTraffic({ events: [], at: [] }, { speed: 7 })]).toEqual([])
  const even = taken(playTraffic(traffic, { evenRate: 4 }), 2 * length)
  expect(even.map(({ event }) => event)).toEqual(played.map(({ event }) => event))
  for (const [place, { due }] of even.entries()) expect(due).toBeCloseTo(250 * place, 6)
})
