/** Events that belong to nobody, that stopped, or that are not there. */
import type { Activity } from '../../../src/db/data-check.ts'
import { numberText } from '../../../src/features/wording.ts'
import { DAY, parseTime } from '../../../src/glossary.ts'
import { askedFor } from '../asked-for.ts'
import { defineFinding, type FindingKind, outOf, shareOf } from '../finding.ts'
import type { Measured } from '../measured.ts'

const UNKNOWN_HURTS_FROM = 0.05

/** Fewer are no habit that could break off. */
const LEAST_COUNT = 50
const SILENT_DAYS = 30
const GAP_DAYS = 7
/** Share that must lie on either side of a gap. */
const BESIDE_GAP = 0.05
/** A silence that chance would bring once in so many histories is no chance. */
const UNLIKELY = 1e-6

const KINDS: Readonly<Record<Activity['kind'], string>> = {
  event_type: 'events of type',
  event_source: 'events from',
  lead_source: 'leads from',
  deal_source: 'deals from',
}

export const EVENT_FINDINGS: readonly FindingKind[] = [
  defineFinding({
    id: 'no_events',
    find({ database: { leads, events } }) {
      if (events > 0 || leads === 0) return null
      return {
        severity: 'hurts',
        text: 'There are no events: nothing says what leads did, only who they are.',
        advice: 'Import what marketing automation and the web site recorded: `wonlost import events`.',
        examples: [],
        share: 1,
        figures: { events },
      }
    },
  }),
  defineFinding({
    id: 'events_of_unknown_leads',
    find({ database: { events, eventsOfUnknownLeads } }) {
      const { count, examples } = eventsOfUnknownLeads
      if (count === 0) return null
      const share = shareOf(count, events)
      return {
        severity: share >= UNKNOWN_HURTS_FROM ? 'hurts' : 'look',
        text: `${outOf(count, events, 'events')} name a lead that is not there; nobody learns from them.`,
        advice: 'Import the leads as well, or look whether the two files use different ids.',
        examples,
        share,
        figures: { events: count, of: events },
      }
    },
  }),
  defineFinding({
    id: 'source_stopped',
    find(measured) {
      const stopped = measured.database.activity.filter(
        // Deals that end early are told as such.
        (activity) => activity.kind !== 'deal_source' && isStopped(activity, measured.asOf),
      )
      return toldOf(
        stopped,
        measured,
        (one) => `${KINDS[one.kind]} ${one.name} (none after ${one.lastDay})`,
        'These stopped well before the data ends',
        'If the connection broke, import what is missing: a silent source looks like leads that lost interest.',
      )
    },
  }),
  defineFinding({
    id: 'activity_gap',
    find(measured) {
      const gaps = measured.database.activity.filter(hasGap)
      return toldOf(
        gaps,
        measured,
        (one) => `${KINDS[one.kind]} ${one.name} (${numberText(one.gapDays)} days from ${one.gapFrom})`,
        'Days without any where there are some otherwise',
        'Import what is missing, or train on leads after the gap only.',
      )
    },
  }),
  defineFinding({
    id: 'features_without_events',
    find({ definition, database: { activity, events } }) {
      const known = activity.filter(({ kind }) => kind === 'event_type')
      // Beyond the most frequent types the check knows no names.
      if (events === 0 || known.some(({ names }) => names > known.length)) return null
      const seen = new Set(known.map(({ name }) => name))
      const asked = [...askedFor(definition).events]
      const absent = asked.filter((type) => !seen.has(type))
      if (absent.length === 0) return null
      const share = shareOf(absent.length, asked.length)
      return {
        severity: share > 0.5 ? 'hurts' : 'look',
        text: `The definition ${definition.name} asks for ${numberText(asked.length)} types of events; ${numberText(absent.length)} of them never happened.`,
        advice: 'Import them, or rename them in the definition (`event`) as your data calls them.',
        examples: absent.slice(0, 4),
        share,
        figures: { asked: asked.length, absent: absent.length },
      }
    },
  }),
]

/** By days on which there was any: (1 - active share)^silent days, times the chances that a history has for it. */
function isUnlikely({ activeDays, firstDay, lastDay }: Activity, silentDays: number): boolean {
  const days = (dayOf(lastDay) - dayOf(firstDay)) / DAY + 1
  return days * (1 - activeDays / (days + 1)) ** silentDays < UNLIKELY
}

function isStopped(activity: Activity, asOf: number): boolean {
  const silentDays = Math.floor((asOf - dayOf(activity.lastDay)) / DAY) - 1
  return activity.count >= LEAST_COUNT && silentDays >= SILENT_DAYS && isUnlikely(activity, silentDays)
}

function hasGap(activity: Activity): boolean {
  const { count, gapDays, countBeforeGap } = activity
  // What begins or ends slowly has long gaps there, and nothing is missing.
  const inUse = Math.min(countBeforeGap, count - countBeforeGap)
  return (
    gapDays >= GAP_DAYS && inUse >= Math.max(LEAST_COUNT, BESIDE_GAP * count) && isUnlikely(activity, gapDays)
  )
}

/** A source says more than its types: what one of them explains is not told again. */
function toldOf(
  found: readonly Activity[],
  { database }: Measured,
  name: (activity: Activity) => string,
  what: string,
  advice: string,
) {
  const [first] = found
  if (!first) return null
  const order = ['event_source', 'lead_source', 'deal_source', 'event_type']
  const sorted = found.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.count - a.count)
  const all = database.activity.filter(({ kind }) => kind === sorted[0]?.kind)
  const total = all.reduce((sum, { count }) => sum + count, 0)
  return {
    severity: 'look' as const,
    text: `${what}: ${sorted.slice(0, 3).map(name).join(', ')}${sorted.length > 3 ? ` and ${sorted.length - 3} more` : ''}.`,
    advice,
    examples: [],
    share: shareOf(sorted[0]?.count ?? 0, total),
    figures: { found: found.length, name: sorted[0]?.name ?? null },
  }
}

function dayOf(day: string): number {
  return parseTime(`${day}T00:00:00Z`)
}
