import { describe, expect, it } from 'vitest'
import type { Deal, LeadEvent } from '../../src/glossary.ts'
import { DAY, HOUR } from '../../src/glossary.ts'
import { coursesOf, type LandmarkPlan } from '../../training/course.ts'
import { scheduleLandmarks } from '../../training/landmarks.ts'
import { account, deal, event, lead } from './records.ts'

const BORN = 1_000 * DAY
const PLAN: LandmarkPlan = {
  population: 'leads',
  pipeline: 'new_business',
  target: 'won',
  horizonDays: 90,
  entryDelayHours: 0,
  landmarkDays: [0, 7, 14, 30, 60, 90],
}

function landmarks(
  deals: readonly Deal[],
  options: { plan?: Partial<LandmarkPlan>; events?: readonly LeadEvent[]; cutoff?: number } = {},
) {
  const subject = lead('l1', BORN, options.events ? { events: options.events } : {})
  const record = account([subject], { deals })
  const plan = { ...PLAN, ...options.plan }
  return coursesOf(record, subject, plan).flatMap((course) =>
    scheduleLandmarks(course, plan, options.cutoff ?? BORN + 1_000 * DAY),
  )
}

/** `day:status:label`, the label only of usable rows. */
function told(rows: ReturnType<typeof landmarks>): string {
  return rows
    .map((row) => `${row.day}:${row.status}${row.status === 'usable' ? `:${row.label}` : ''}`)
    .join(' ')
}

describe('landmarks of leads', () => {
  it('makes a lead that never had a deal a negative at every landmark', () => {
    expect(told(landmarks([]))).toBe('0:usable:0 7:usable:0 14:usable:0 30:usable:0 60:usable:0 90:usable:0')
  })

  it('drops a quick win from the landmark after it on, and labels the ones before it 1', () => {
    const won = deal({ openedAt: BORN + 2 * DAY, closedAt: BORN + 10 * DAY, outcome: 'won' })
    expect(told(landmarks([won]))).toBe(
      '0:usable:1 7:usable:1 14:target_reached 30:target_reached 60:target_reached 90:target_reached',
    )
  })

  it('labels 0 the landmarks from which a slow win is further than the horizon', () => {
    const won = deal({ openedAt: BORN + 50 * DAY, closedAt: BORN + 100 * DAY, outcome: 'won' })
    expect(told(landmarks([won]))).toBe(
      '0:usable:0 7:usable:0 14:usable:1 30:usable:1 60:usable:1 90:usable:1',
    )
  })

  it('counts the target in [landmark, landmark + horizon): the start is in, the end is out', () => {
    const at = (time: number) => landmarks([deal({ openedAt: BORN, closedAt: time, outcome: 'won' })])[0]
    expect(at(BORN)).toMatchObject({ status: 'usable', label: 1 })
    expect(landmarks([deal({ openedAt: BORN - 5, closedAt: BORN - 1, outcome: 'won' })])[0]?.status).toBe(
      'target_reached',
    )
    expect(at(BORN + 90 * DAY - 1)?.label).toBe(1)
    expect(at(BORN + 90 * DAY)?.label).toBe(0)
  })

  it('uses a row only when its horizon has elapsed at the cut-off, even if it won on the first day', () => {
    const won = deal({ openedAt: BORN, closedAt: BORN + DAY, outcome: 'won' })
    const at = (cutoff: number) => landmarks([won], { cutoff })[0]?.status
    expect(at(BORN + 90 * DAY)).toBe('usable')
    expect(at(BORN + 90 * DAY - 1)).toBe('not_elapsed')
    expect(told(landmarks([], { cutoff: BORN + 97 * DAY }))).toBe(
      '0:usable:0 7:usable:0 14:not_elapsed 30:not_elapsed 60:not_elapsed 90:not_elapsed',
    )
  })

  it('schedules nothing at or after the cut-off', () => {
    expect(landmarks([], { cutoff: BORN })).toEqual([])
    expect(landmarks([], { cutoff: BORN + 7 * DAY }).map((row) => row.day)).toEqual([0])
  })

  it('takes a lost lead out from its loss on, and back in while a new deal is open', () => {
    const first = deal({ openedAt: BORN + DAY, closedAt: BORN + 20 * DAY, outcome: 'lost' })
    expect(told(landmarks([first]))).toBe('0:usable:0 7:usable:0 14:usable:0 30:lost 60:lost 90:lost')
    const second = deal({
      dealId: 'd2',
      openedAt: BORN + 50 * DAY,
      closedAt: BORN + 80 * DAY,
      outcome: 'won',
    })
    expect(told(landmarks([first, second]))).toBe(
      '0:usable:1 7:usable:1 14:usable:1 30:lost 60:usable:1 90:target_reached',
    )
  })

  it('is not lost while one of two deals is still open, nor at the very moment of the loss', () => {
    const lost = deal({ openedAt: BORN + DAY, closedAt: BORN + 7 * DAY, outcome: 'lost' })
    const open = deal({ dealId: 'd2', openedAt: BORN + DAY })
    expect(told(landmarks([lost, open]))).not.toContain('lost')
    expect(landmarks([lost]).find((row) => row.day === 7)?.status).toBe('usable')
    expect(landmarks([lost]).find((row) => row.day === 14)?.status).toBe('lost')
  })

  it('ignores deals of other pipelines and deals the lead is no contact of', () => {
    const other = deal({ pipeline: 'expansion', openedAt: BORN, closedAt: BORN + DAY, outcome: 'won' })
    const colleague = deal({
      openedAt: BORN,
      closedAt: BORN + DAY,
      outcome: 'won',
      contacts: [{ leadId: 'l2', isPrimary: true }],
    })
    expect(told(landmarks([other, colleague]))).toBe(told(landmarks([])))
  })

  it('waits until the lead is known: facts that were imported late make no earlier landmark', () => {
    const late = [event('page_viewed', BORN, BORN + 14 * DAY)]
    expect(told(landmarks([], { events: late }))).toBe(
      '0:not_known 7:not_known 14:usable:0 30:usable:0 60:usable:0 90:usable:0',
    )
    expect(landmarks([], { events: [] }).every((row) => row.status === 'not_known')).toBe(true)
  })

  it('moves every landmark by the entry delay', () => {
    const rows = landmarks([], { plan: { entryDelayHours: 12 } })
    expect(rows.map((row) => row.asOf)).toEqual(
      [0, 7, 14, 30, 60, 90].map((day) => BORN + 12 * HOUR + day * DAY),
    )
  })

  it('reaches `opened` with the first deal and `sales_qualified` with its stage', () => {
    const opened = deal({
      openedAt: BORN + 10 * DAY,
      stages: [
        { stage: 'discovery', enteredAt: BORN + 10 * DAY },
        { stage: 'sales_qualified', enteredAt: BORN + 25 * DAY },
      ],
    })
    expect(told(landmarks([opened], { plan: { target: 'opened' } }))).toContain(
      '7:usable:1 14:target_reached',
    )
    expect(told(landmarks([opened], { plan: { target: 'sales_qualified' } }))).toContain(
      '14:usable:1 30:target_reached',
    )
  })
})

describe('landmarks of other populations', () => {
  it('starts trials with the first trial, and knows of it only from its receipt on', () => {
    const trial = event('trial_started', BORN + 3 * DAY, BORN + 5 * DAY)
    const rows = landmarks([], {
      plan: { population: 'trials' },
      events: [event('page_viewed', BORN), trial],
    })
    expect(rows[0]).toMatchObject({ asOf: BORN + 3 * DAY, status: 'not_known' })
    expect(rows[1]).toMatchObject({ asOf: BORN + 10 * DAY, status: 'usable' })
    expect(landmarks([], { plan: { population: 'trials' } })).toEqual([])
  })

  it('starts customers with their first won deal, which is not itself a target', () => {
    const first = deal({ openedAt: BORN, closedAt: BORN + 20 * DAY, outcome: 'won' })
    const more = deal({
      dealId: 'd2',
      pipeline: 'expansion',
      openedAt: BORN + 40 * DAY,
      closedAt: BORN + 60 * DAY,
      outcome: 'won',
    })
    const plan = { population: 'customers', pipeline: 'expansion' } as const
    expect(told(landmarks([first, more], { plan }))).toBe(
      '0:usable:1 7:usable:1 14:usable:1 30:usable:1 60:target_reached 90:target_reached',
    )
    expect(told(landmarks([first], { plan: { population: 'customers' } }))).toMatch(/^0:usable:0 /)
    // Of a deal that we learn of late, the customer is none before.
    const late = { ...first, knownAt: BORN + 45 * DAY }
    expect(told(landmarks([late], { plan }))).toMatch(/^0:not_known 7:not_known 14:not_known 30:usable:0 /)
    expect(
      landmarks(
        [more].map((d) => ({ ...d, outcome: 'lost' as const })),
        { plan },
      ),
    ).toEqual([])
  })

  it('follows a deal from its opening by its primary contact, and only closed deals without a horizon', () => {
    const plan = { population: 'deals', horizonDays: null, landmarkDays: [0, 7] } as const
    const contacts = [
      { leadId: 'l0', isPrimary: false },
      { leadId: 'l1', isPrimary: true },
    ]
    const won = deal({ openedAt: BORN + 5 * DAY, closedAt: BORN + 10 * DAY, outcome: 'won', contacts })
    expect(landmarks([won], { plan })).toMatchObject([
      { asOf: BORN + 5 * DAY, status: 'usable', label: 1, labelKnownAt: BORN + 10 * DAY, dealId: 'd1' },
      { asOf: BORN + 12 * DAY, status: 'target_reached' },
    ])
    expect(landmarks([won], { plan, cutoff: BORN + 10 * DAY })[0]?.status).toBe('not_elapsed')
    expect(landmarks([deal({ openedAt: BORN })], { plan })[0]?.status).toBe('not_elapsed')
    const lost = deal({ openedAt: BORN, closedAt: BORN + 400 * DAY, outcome: 'lost' })
    expect(told(landmarks([lost], { plan }))).toBe('0:usable:0 7:usable:0')
    const others = deal({ openedAt: BORN, contacts: [contacts[0]!, { leadId: 'l1', isPrimary: false }] })
    expect(landmarks([others], { plan })).toEqual([])
  })
})
