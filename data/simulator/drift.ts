/**
 * How the world drifts: two years in which campaigns, markets and the worth of some sources change. The story is counted in
 * months up to the end of the history, so a shorter history shows its last part. Without drift the world stands still in
 * month 14.
 */
import { CAMPAIGN_VOLUMES } from './campaign.ts'
import type { Source } from './sources.ts'

/** What time it is in the simulated world, and whether it drifts. Days as in calendar.ts. */
export interface World {
  /** The first day of the history. */
  readonly startDay: number
  /** The first day after the history. */
  readonly endDay: number
  readonly drift: boolean
  /** The first day of other campaigns (campaign.ts); absent: they stay. */
  readonly campaignDay?: number
}

/** Whether the campaigns have changed by this day. */
export function hasNewCampaign({ campaignDay }: World, day: number): boolean {
  return campaignDay !== undefined && day >= campaignDay
}

export const STORY_MONTHS = 24
const STILL_MONTH = 14
const DAYS_A_MONTH = 365.25 / 12

/** Months into the story, in [0, 24]; a real number. */
export function storyMonth(world: World, day: number): number {
  if (!world.drift) return STILL_MONTH
  return Math.max(0, Math.min(STORY_MONTHS, STORY_MONTHS - (world.endDay - day) / DAYS_A_MONTH))
}

/** Quarter of the story, 0 to 7. */
export function storyQuarter(world: World, day: number): number {
  return Math.min(7, Math.floor(storyMonth(world, day) / 3))
}

/** A line through points (month, value), flat outside. */
type Course = readonly (readonly [month: number, value: number])[]

function valueAt(course: Course, month: number): number {
  let [beforeMonth, beforeValue] = course[0] ?? [0, 0]
  for (const [nextMonth, nextValue] of course) {
    if (month <= nextMonth) {
      if (nextMonth === beforeMonth) return nextValue
      return beforeValue + ((nextValue - beforeValue) * (month - beforeMonth)) / (nextMonth - beforeMonth)
    }
    beforeMonth = nextMonth
    beforeValue = nextValue
  }
  return beforeValue
}

/** How many leads a source brings, against one another. */
const SOURCE_VOLUMES: Readonly<Record<Source, Course>> = {
  inbound_form: [
    [0, 14],
    [24, 18],
  ],
  organic_search: [
    [0, 22],
    [12, 20],
    [24, 15],
  ],
  paid_search: [
    [0, 11],
    [24, 12],
  ],
  paid_social: [
    [0, 7],
    [8, 14],
    [16, 12],
    [24, 5],
  ],
  webinar: [
    [0, 4],
    [9, 6],
    [15, 13],
    [24, 14],
  ],
  event: [
    [0, 7],
    [24, 7],
  ],
  referral: [
    [0, 7],
    [24, 8],
  ],
  partner: [
    [0, 3],
    [24, 6],
  ],
  outbound: [
    [0, 18],
    [12, 12],
    [24, 16],
  ],
  content_syndication: [
    [0, 2],
    [10, 5],
    [18, 13],
    [24, 11],
  ],
}

export function sourceVolume(source: Source, month: number, newCampaign: boolean): number {
  return valueAt(SOURCE_VOLUMES[source], month) * (newCampaign ? (CAMPAIGN_VOLUMES[source] ?? 1) : 1)
}

/** What a source adds to the level of pace of leads that enter in this month (levels of effects.ts, whole numbers). */
const SOURCE_LEVELS: Readonly<Record<Source, Course>> = {
  inbound_form: [[0, 4]],
  organic_search: [[0, 0]],
  paid_search: [[0, 1]],
  paid_social: [[0, -1]],
  webinar: [
    [0, 0],
    [9, 0],
    [13, 1],
  ],
  event: [[0, 0]],
  referral: [[0, 3]],
  partner: [[0, 1]],
  outbound: [
    [0, -3],
    [24, -3],
  ],
  content_syndication: [[0, -4]],
}

export function sourceLevel(source: Source, month: number): number {
  return Math.round(valueAt(SOURCE_LEVELS[source], month))
}

/** What the source of the first contact adds to the log-odds of winning a decision in this month. */
const SOURCE_WINS: Readonly<Record<Source, Course>> = {
  inbound_form: [[0, 0.35]],
  organic_search: [[0, 0]],
  paid_search: [
    [0, 0],
    [24, -0.1],
  ],
  paid_social: [
    [0, -0.1],
    [9, -0.1],
    [15, -0.3],
  ],
  webinar: [
    [0, -0.1],
    [14, 0.3],
  ],
  event: [[0, 0.1]],
  referral: [[0, 0.8]],
  partner: [
    [0, 0.2],
    [24, 0.6],
  ],
  outbound: [[0, -0.4]],
  content_syndication: [
    [0, -0.6],
    [18, -0.9],
  ],
}

export function sourceWin(source: Source, month: number): number {
  return valueAt(SOURCE_WINS[source], month)
}

/** The German-speaking market opens in the second year; a new rival costs deals everywhere, then prices come down. */
const GERMAN_MARKET: Course = [
  [10, -0.1],
  [15, 0.15],
]
const EVERYWHERE: Course = [
  [0, 0.05],
  [7, 0.05],
  [11, -0.1],
  [17, 0],
  [24, 0.1],
]

export function marketWin(germanMarket: boolean, month: number): number {
  return valueAt(EVERYWHERE, month) + (germanMarket ? valueAt(GERMAN_MARKET, month) : 0)
}

/** How often visits are of a kind, by campaign: the webinar programme, the self-service trial, gated content. */
const WEBINAR_PROGRAMME: Course = [
  [0, 0.3],
  [8, 0.6],
  [13, 1.6],
]
const SELF_SERVICE_TRIAL: Course = [
  [0, 0.5],
  [6, 0.6],
  [12, 1.4],
  [24, 1.6],
]
const GATED_CONTENT: Course = [
  [0, 1.4],
  [24, 0.7],
]

export function campaignFactors(quarter: number): Readonly<Record<string, number>> {
  const month = quarter * 3 + 1.5
  return {
    webinar: valueAt(WEBINAR_PROGRAMME, month),
    trial: valueAt(SELF_SERVICE_TRIAL, month),
    download: valueAt(GATED_CONTENT, month),
  }
}
