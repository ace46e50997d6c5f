/** Point in time, of labels: what a row is taught depends on nothing at or after the end of its horizon. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type AccountRecord, DAY, type Deal, HOUR, type LeadEvent } from '../../src/glossary.ts'
import { coursesOf, type LandmarkPlan } from '../../training/course.ts'
import { type Landmark, scheduleLandmarks } from '../../training/landmarks.ts'
import { account, deal, event, lead } from './records.ts'

const BORN = 1_000 * DAY
const CUTOFF = BORN + 400 * DAY

const plans: fc.Arbitrary<LandmarkPlan> = fc
  .record({
    population: fc.constantFrom<LandmarkPlan['population']>('leads', 'deals', 'trials', 'customers'),
    target: fc.constantFrom<LandmarkPlan['target']>('won', 'opened', 'sales_qualified'),
    horizonDays: fc.constantFrom(null, 20, 60),
    landmarkDays: fc.constantFrom([0], [0, 7, 30, 90]),
  })
  .map((plan) => ({
    ...plan,
    pipeline: 'new_business',
    entryDelayHours: 1,
    // Without a horizon only deals are asked about.
    horizonDays: plan.population === 'deals' ? plan.horizonDays : (plan.horizonDays ?? 30),
  }))

/** In whole hours, so that they meet landmarks and ends of horizons. */
const anyTime = fc.integer({ min: 0, max: 220 * 24 }).map((hours) => BORN + hours * HOUR)
const deals = fc
  .record({
    openedAt: anyTime,
    openFor: fc.integer({ min: 1, max: 100 * 24 }),
    outcome: fc.constantFrom<Deal['outcome']>('won', 'won', 'lost', 'open'),
    pipeline: fc.constantFrom('new_business', 'new_business', 'expansion'),
    isOwn: fc.boolean(),
    qualifiedAfter: fc.option(fc.integer({ min: 0, max: 60 * 24 })),
    id: fc.nat(),
  })
  .map(({ openedAt, openFor, outcome, pipeline, isOwn, qualifiedAfter, id }) =>
    deal({
      dealId: `d${id}`,
      openedAt,
      outcome,
      pipeline,
      closedAt: outcome === 'open' ? null : openedAt + openFor * HOUR,
      contacts: [{ leadId: isOwn ? 'l1' : 'l2', isPrimary: true }],
      stages:
        qualifiedAfter === null
          ? []
          : [{ stage: 'sales_qualified', enteredAt: openedAt + qualifiedAfter * HOUR }],
    }),
  )
const events = fc
  .record({ type: fc.constantFrom('trial_started', 'page_viewed'), at: anyTime, late: fc.nat(60 * 24) })
  .map(({ type, at, late }) => event(type, at, at + late * HOUR))

interface History {
  readonly deals: readonly Deal[]
  readonly events: readonly LeadEvent[]
}
const later = fc.record({
  deals: fc.array(deals, { maxLength: 4 }),
  events: fc.array(events, { maxLength: 4 }),
})
/** Most are known from the beginning. */
const histories = fc.record({ history: later, isKnown: fc.nat(3) }).map(({ history, isKnown }) => ({
  ...history,
  events: isKnown > 0 ? [event('page_viewed', BORN), ...history.events] : history.events,
}))

function landmarksOf({ deals, events }: History, plan: LandmarkPlan): Landmark[] {
  const inOrder = <Fact>(facts: readonly Fact[], timeOf: (fact: Fact) => number): Fact[] =>
    facts.toSorted((a, b) => timeOf(a) - timeOf(b))
  const subject = lead('l1', BORN, { events: inOrder(events, ({ occurredAt }) => occurredAt) })
  const record: AccountRecord = account([subject, lead('l2', BORN)], {
    deals: inOrder(deals, ({ openedAt }) => openedAt),
  })
  return coursesOf(record, subject, plan).flatMap((course) => scheduleLandmarks(course, plan, CUTOFF))
}

/** The history as somebody knew it at a time: later deals and events are not there, later outcomes and stages still open. */
function upTo({ deals, events }: History, end: number): History {
  return {
    deals: deals
      .filter(({ openedAt }) => openedAt < end)
      .map((one) => ({
        ...one,
        ...(one.closedAt !== null && one.closedAt < end ? {} : { closedAt: null, outcome: 'open' as const }),
        stages: one.stages.filter(({ enteredAt }) => enteredAt < end),
      })),
    events: events.filter(({ occurredAt, knownAt }) => occurredAt < end && knownAt < end),
  }
}

/** Another future for the same past: open deals close in other ways, and other things happen. */
function continued(past: History, future: History, end: number): History {
  const outcomes = future.deals.filter(({ closedAt }) => closedAt !== null)
  return {
    deals: [
      ...past.deals.map((one, i) => {
        const other = outcomes[i]
        return one.outcome === 'open' && other
          ? { ...one, outcome: other.outcome, closedAt: Math.max(end, other.closedAt ?? end) }
          : one
      }),
      ...future.deals.map((one) => ({
        ...one,
        openedAt: Math.max(end, one.openedAt),
        closedAt: one.closedAt === null ? null : Math.max(end, one.closedAt),
        stages: one.stages.map((stage) => ({ ...stage, enteredAt: Math.max(end, stage.enteredAt) })),
      })),
    ],
    events: [
      ...past.events,
      ...future.events.map((one) => ({ ...one, knownAt: Math.max(end, one.knownAt) })),
    ],
  }
}

it('is taught the same whatever happens, is undone or becomes known from the end of its horizon on', () => {
  const seen = { usable: 0, reached: 0, changed: 0 }
  fc.assert(
    fc.property(plans, histories, later, (plan, history, future) => {
      for (const landmark of landmarksOf(history, plan)) {
        if (landmark.status !== 'usable') continue
        const { asOf, dealId, label, labelKnownAt } = landmark
        // A deal that is followed to its closing is known to be closed then, and not before.
        const end = plan.horizonDays === null ? labelKnownAt + 1 : asOf + plan.horizonDays * DAY
        expect(labelKnownAt).toBeLessThanOrEqual(end)
        const past = upTo(history, end)
        for (const other of [past, continued(past, future, end)]) {
          const found = landmarksOf(other, plan).filter((one) => one.dealId === dealId && one.asOf === asOf)
          expect(found).toEqual([landmark])
          if (JSON.stringify(other) !== JSON.stringify(history)) seen.changed += 1
        }
        seen.usable += 1
        seen.reached += label
      }
    }),
    { numRuns: 2_000, seed: 3 },
  )
  // Most of it was about something.
  expect(seen.usable).toBeGreaterThan(1_500)
  expect(seen.reached).toBeGreaterThan(150)
  expect(seen.changed).toBeGreaterThan(seen.usable)
})
