/**
 * Streams of visits. Each is a Poisson process whose rate is a latent interest times a known profile; the interest is
 * Gamma(shape, shape), so its mean is 1 and what has been seen so far says how large it is.
 *
 * A lead has a `main` stream from its entry on. A demo request begins an `evaluation` stream, a started trial a `trial`
 * stream. Streams begin on the day after the visit that begins them. Evaluation may begin a trial, never the reverse:
 * the order trial, evaluation, main is what the closed form in truth/ relies on.
 */
import { seasonOf, VISITS_BY_WEEKDAY, weekdayOf } from './calendar.ts'
import { CAMPAIGN_VISITS } from './campaign.ts'
import { campaignFactors, hasNewCampaign, storyQuarter, type World } from './drift.ts'
import { mixture, type StreamKind } from './sessions.ts'
import { GROUPS, type Group } from './sources.ts'

/** Shape of the latent interest of each kind of stream; its rate is the same number. */
export const INTEREST_SHAPES: Readonly<Record<StreamKind, number>> = { main: 0.6, trial: 0.7, evaluation: 1 }

/** A trial or evaluation brings visits for so many days. */
export const FOLLOWING_DAYS = 60

/** Mean visits a day of a stream of interest 1, by whole days since it began (1 is the day after). */
function followingProfile(first: number, halfLifeDays: number): Float64Array {
  return Float64Array.from({ length: FOLLOWING_DAYS + 1 }, (_, age) =>
    age === 0 ? 0 : first * 2 ** (-age / halfLifeDays),
  )
}

export const FOLLOWING_PROFILES: Readonly<Record<'trial' | 'evaluation', Float64Array>> = {
  trial: followingProfile(0.5, 9),
  evaluation: followingProfile(0.34, 10),
}

export const FOLLOWING_MIXTURES: Readonly<Record<'trial' | 'evaluation', Float64Array>> = {
  trial: mixture({ work: 1 }),
  evaluation: mixture({ pricing: 24, product: 26, docs: 14, reply: 10, meeting: 10, trial: 8, mail: 8 }),
}

interface GroupLaw {
  /** Visits a day against the usual. */
  readonly rate: number
  /** What visits are, by template, before campaigns. */
  readonly visits: Readonly<Record<string, number>>
  /** What the first touch is; `none` for people who did nothing yet (a bought list). */
  readonly entries: Readonly<Record<string, number>>
}

const GROUP_LAWS: Readonly<Record<Group, GroupLaw>> = {
  direct: {
    rate: 1.25,
    visits: {
      blog: 14,
      product: 24,
      pricing: 15,
      docs: 12,
      download: 6,
      webinar: 5,
      mail: 14,
      reply: 2.5,
      contact: 2,
      demo: 3,
      trial: 5,
    },
    entries: { contact: 55, demo: 33, trial: 12 },
  },
  search: {
    rate: 1.1,
    visits: {
      blog: 36,
      product: 20,
      pricing: 9,
      docs: 16,
      download: 8,
      webinar: 4,
      mail: 12,
      reply: 1,
      contact: 1,
      demo: 1.3,
      trial: 4,
    },
    entries: { blog: 20, product: 20, pricing: 8, docs: 12, download: 20, trial: 14, demo: 6 },
  },
  nurtured: {
    rate: 0.9,
    visits: {
      blog: 26,
      product: 14,
      pricing: 5,
      docs: 6,
      download: 18,
      webinar: 12,
      mail: 20,
      reply: 1,
      contact: 0.7,
      demo: 0.9,
      trial: 1.6,
    },
    entries: { webinar: 60, download: 40 },
  },
  paid: {
    rate: 0.85,
    visits: {
      blog: 20,
      product: 20,
      pricing: 10,
      docs: 7,
      download: 10,
      webinar: 4,
      mail: 12,
      advertisement: 14,
      reply: 1,
      contact: 1,
      demo: 1.4,
      trial: 3,
    },
    entries: { advertisement: 70, demo: 10, trial: 12, contact: 8 },
  },
  outbound: {
    rate: 0.6,
    visits: {
      blog: 18,
      product: 18,
      pricing: 7,
      docs: 5,
      download: 10,
      webinar: 6,
      mail: 30,
      reply: 5,
      meeting: 1.5,
      demo: 0.8,
      trial: 1,
    },
    entries: { none: 85, reply: 10, meeting: 5 },
  },
  job_seeking: {
    rate: 0.9,
    visits: { blog: 25, product: 8, careers: 55, mail: 8, webinar: 2 },
    entries: { careers: 70, contact: 30 },
  },
  rival: {
    rate: 2,
    visits: { blog: 15, product: 20, pricing: 25, docs: 20, download: 10, webinar: 5, mail: 5 },
    entries: { download: 40, trial: 20, webinar: 20, blog: 20 },
  },
}

/** Mean visits a day of a main stream of interest 1 and an ordinary group, by whole days since entry; 0 on the day of entry. */
function mainProfile(age: number): number {
  return age <= 0 ? 0 : 0.17 * 2 ** (-age / 9) + 0.02 * 2 ** (-age / 240)
}

/** The laws of a world, worked out once: profiles, calendar, mixtures by group and quarter. */
export interface StreamLaws {
  readonly world: World
  /** By group, then by age in days. */
  readonly mainProfiles: readonly Float64Array[]
  /** By group, then by programme: chances of templates. */
  readonly visitMixtures: readonly (readonly Float64Array[])[]
  /** By group: chances of templates of the first touch; they sum to 1 less the chance of no touch. */
  readonly entryMixtures: readonly Float64Array[]
  /** Visits of main streams on a day against an average day: weekday and season. */
  mainCalendar(day: number): number
  /** Visits of trial and evaluation streams on a day against an average day: weekday only. */
  followingCalendar(day: number): number
  /** Which mixture of visits holds on a day: the quarter of the story, 0 to 7, and 8 more once campaigns have changed. */
  programme(day: number): number
}

/** Ages in days, and days since the start of the history, that are worked out: ten years and some. */
const LONGEST_AGE = 4_000

/** Of the story. */
const QUARTERS = 8

export function createStreamLaws(world: World): StreamLaws {
  const ages = Float64Array.from({ length: LONGEST_AGE }, (_, age) => mainProfile(age))
  const calendar = ages.map(
    (_, place) =>
      (VISITS_BY_WEEKDAY[weekdayOf(world.startDay + place)] ?? 1) * seasonOf(world.startDay + place),
  )
  const programmes = Uint8Array.from(ages, (_, place) => {
    const day = world.startDay + place
    return storyQuarter(world, day) + (hasNewCampaign(world, day) ? QUARTERS : 0)
  })
  return {
    world,
    mainProfiles: GROUPS.map((group) => ages.map((rate) => rate * GROUP_LAWS[group].rate)),
    visitMixtures: GROUPS.map((group) =>
      Array.from({ length: world.campaignDay === undefined ? QUARTERS : 2 * QUARTERS }, (_, programme) => {
        const factors = campaignFactors(programme % QUARTERS)
        const changes = programme < QUARTERS ? {} : CAMPAIGN_VISITS
        const weights = Object.entries(GROUP_LAWS[group].visits)
        return mixture(
          Object.fromEntries(
            weights.map(([name, weight]) => [name, weight * (factors[name] ?? 1) * (changes[name] ?? 1)]),
          ),
        )
      }),
    ),
    entryMixtures: GROUPS.map((group) => {
      const { none = 0, ...weights } = GROUP_LAWS[group].entries
      const seen = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
      return mixture(weights).map((chance) => (chance * seen) / (seen + none))
    }),
    mainCalendar: (day) => calendar[day - world.startDay] ?? 0,
    followingCalendar: (day) => VISITS_BY_WEEKDAY[weekdayOf(day)] ?? 1,
    programme: (day) => programmes[day - world.startDay] ?? 0,
  }
}
