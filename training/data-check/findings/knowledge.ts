/** What we know only since the import, and what the deals do not reach. */

import { dealsEndEarly } from '../../../src/db/data-end.ts'
import { DAY, formatTime } from '../../../src/glossary.ts'
import { defineFinding, outOf, shareOf } from '../finding.ts'

/** From this share on of leads, values or events. */
const NOTEWORTHY = 0.1
/** Where training is not possible, and so many of the leads were not known when they came, that is why. */
const DECISIVE = 0.5

export const KNOWN_FROM_IMPORT = defineFinding({
  id: 'known_from_import_on',
  find({ knowledge, traits: { traits }, sufficiency }) {
    const { entries, entriesNotKnown, events, lateEvents, examples } = knowledge
    const values = traits.reduce((sum, trait) => sum + trait.values, 0)
    const undated = traits.reduce((sum, trait) => sum + trait.undated, 0)
    const shares = {
      leads: shareOf(entriesNotKnown, entries),
      values: shareOf(undated, values),
      events: shareOf(lateEvents, events),
    }
    const told = [
      ...(shares.leads >= NOTEWORTHY
        ? [`${outOf(entriesNotKnown, entries, 'leads')} were not known when they came`]
        : []),
      ...(shares.values >= NOTEWORTHY ? [`${outOf(undated, values, 'trait values')} have no date`] : []),
      ...(shares.events >= NOTEWORTHY
        ? [`${outOf(lateEvents, events, 'events')} were learned of more than a week after they happened`]
        : []),
    ]
    if (told.length === 0) return null
    const stops = sufficiency.shortage !== null && shares.leads >= DECISIVE
    return {
      severity: stops ? 'stops' : 'hurts',
      text: `Known only from the import on, so that training on the past cannot use it: ${told.join('; ')}.`,
      advice:
        'If the times in the files say when you knew, import them again with --trusted-times (or with a column known_at).',
      examples,
      share: Math.max(shares.leads, shares.values, shares.events),
      figures: {
        leads_not_known_at_entry: entriesNotKnown,
        leads: entries,
        undated_values: undated,
        values,
        late_events: lateEvents,
        events,
      },
    }
  },
})

export const DEALS_STOP_EARLY = defineFinding({
  id: 'deals_end_early',
  find({ dataEnd, asOf }) {
    const { newestDeal } = dataEnd
    if (newestDeal === null || !dealsEndEarly(dataEnd, asOf)) return null
    const end = formatTime(newestDeal)
    const days = Math.floor((asOf - newestDeal) / DAY)
    return {
      severity: 'hurts',
      text: `The newest change of a deal is of ${end}, ${days} days before the data ends: what was won since then would count as lost.`,
      advice: `Import the deals since then, or train with --cutoff ${end}.`,
      examples: [],
      share: 1,
      figures: { newest_deal: end, days },
    }
  },
})
