/** What people do while servers fall: events, pages of visitors who become users, aliases, batches, deals. By a seed. */
import { setTimeout as wait } from 'node:timers/promises'
import { createRandom, happens, integerBetween, oneOf, pickWeighted, type Random } from '../data/random.ts'
import { WonlostError } from '../src/errors.ts'
import { formatTime } from '../src/glossary.ts'
import type { RetryingClient } from './client.ts'
import type { Ledger } from './ledger.ts'

export interface KnownLead {
  readonly leadId: string
  readonly accountId: string | null
}

export interface Traffic {
  begin(): void
  /** Returns when all that was sent is acknowledged. */
  pause(): Promise<void>
}

export interface TrafficOptions {
  readonly client: RetryingClient
  readonly ledger: Ledger
  readonly leads: readonly KnownLead[]
  readonly seed: number
  /** Told what ends it: a message that a server refused. */
  readonly onFailure: (error: unknown) => void
}

/** So many people do something at a time, each this long after they were told that the last thing is kept. */
const SENDERS = 8
const PAUSE = 40

/** What moves scores up and down, and often. */
const EVENTS = [
  { name: 'Pricing Page Viewed', weight: 5 },
  { name: 'Demo Requested', weight: 3 },
  { name: 'Meeting Booked', weight: 2 },
  { name: 'Email Replied', weight: 2 },
  { name: 'Trial Activated', weight: 2 },
  { name: 'Careers Page Viewed', weight: 2 },
  { name: 'Email Bounced', weight: 1 },
  { name: 'Unsubscribed', weight: 1 },
] as const

const BATCH = 20

export function createTraffic({ client, ledger, leads, seed, onFailure }: TrafficOptions): Traffic {
  let number = 0
  let isOn = false
  let running: Promise<void>[] = []

  const stamp = (type: string, id: number) => ({
    type,
    messageId: `m-${id}`,
    timestamp: formatTime(Date.now()),
  })
  const send = async (path: string, message: object): Promise<void> => {
    const { rejected } = await client.post<{ rejected?: number }>(path, () => ({
      ...message,
      sentAt: formatTime(Date.now()),
    }))
    if (rejected)
      throw new WonlostError('faults_failed', `A message was rejected: ${JSON.stringify(message)}`)
  }

  function createSender(random: Random, sender: number) {
    const visitors: string[] = []
    const users: string[] = []
    /** Users who belong to an account of their own, and stay themselves: an account whose people are gone has no score. */
    const members: string[] = []
    let people = 0
    const event = (who: object) => {
      number += 1
      return {
        ...stamp('track', number),
        ...who,
        event: pickWeighted(random, EVENTS).name,
        properties: { n: number },
      }
    }
    const somebody = (): object => ({
      userId: happens(random, 0.2)
        ? oneOf(random, [...users, ...members, leads[0]!.leadId])
        : oneOf(random, leads).leadId,
    })
    const deeds = [
      {
        weight: 66,
        async run() {
          const message = event(somebody())
          await send('/v1/track', message)
          ledger.events.add(message.properties.n)
        },
      },
      {
        weight: 10,
        async run() {
          people += 1
          const anonymousId = `visitor-${sender}-${people}`
          const message = { ...event({ anonymousId }), type: 'page', name: 'Pricing' }
          await send('/v1/page', message)
          ledger.events.add(message.properties.n)
          visitors.push(anonymousId)
        },
      },
      {
        weight: 8,
        async run() {
          const anonymousId = visitors.pop()
          if (anonymousId === undefined) return
          const userId = `user-of-${anonymousId}`
          number += 1
          const id = number
          const traits = {
            email: `${anonymousId}@faults.example`,
            title: oneOf(random, ['CEO', 'Head of Sales', 'Intern', 'Student']),
            probe: `p-${id}`,
          }
          await send('/v1/identify', { ...stamp('identify', id), userId, anonymousId, traits })
          ledger.traits.set(id, userId)
          ledger.visitors.set(anonymousId, userId)
          if (happens(random, 0.4)) members.push(userId)
          else users.push(userId)
        },
      },
      {
        weight: 4,
        async run() {
          if (members.length === 0) return
          number += 1
          const userId = oneOf(random, members)
          const group = { groupId: `group-${integerBetween(random, 1, 40)}` }
          const traits = { employees: integerBetween(random, 1, 900) }
          await send('/v1/group', { ...stamp('group', number), userId, ...group, traits })
        },
      },
      {
        weight: 4,
        async run() {
          if (users.length < 2) return
          const previousId = users.shift()!
          const userId = users[0]!
          number += 1
          await send('/v1/alias', { ...stamp('alias', number), userId, previousId })
          ledger.aliases.set(previousId, userId)
        },
      },
      {
        weight: 4,
        async run() {
          const batch = Array.from({ length: BATCH }, () => event(somebody()))
          await send('/v1/batch', { batch })
          for (const { properties } of batch) ledger.events.add(properties.n)
        },
      },
      {
        weight: 4,
        async run() {
          number += 1
          const { leadId, accountId } = oneOf(random, leads)
          const amount = number
          const deal = {
            deal_id: `deal-${number}`,
            account_id: accountId,
            opened_at: formatTime(Date.now()),
            // Of whom no model speaks any more, as after a lost deal, there is no entry in the history to derive a crossing from.
            outcome: 'open',
            amount,
            currency: 'EUR',
            contacts: [leadId],
          }
          await client.post('/v1/deals', () => deal)
          ledger.deals.set(deal.deal_id, amount)
        },
      },
    ]
    return async (): Promise<void> => {
      while (isOn) {
        await pickWeighted(random, deeds).run()
        await wait(PAUSE)
      }
    }
  }

  const senders = Array.from({ length: SENDERS }, (_, sender) =>
    createSender(createRandom(seed, 1, sender), sender),
  )
  return {
    begin() {
      isOn = true
      running = senders.map((run) => run().catch(onFailure))
    },
    async pause() {
      isOn = false
      await Promise.all(running)
    },
  }
}
