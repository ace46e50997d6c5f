/**
 * What an event does to the pace of a decision, and for how long: the truth that half-life learning has to find.
 *
 * An event of a type adds `strength` to the pace of its account, in units of the pace without any event, from the midnight
 * (UTC) after it on, and then halves every `halfLifeDays`. Strength 0: it only looks interesting.
 */
export interface Effect {
  readonly type: string
  readonly halfLifeDays: number
  readonly strength: number
}

export const EFFECTS = [
  { type: 'page_viewed', halfLifeDays: 5, strength: 0.03 },
  { type: 'pricing_page_viewed', halfLifeDays: 10, strength: 0.9 },
  { type: 'docs_viewed', halfLifeDays: 21, strength: 0.25 },
  { type: 'case_study_viewed', halfLifeDays: 30, strength: 0.5 },
  { type: 'careers_page_viewed', halfLifeDays: 30, strength: 0 },
  { type: 'content_downloaded', halfLifeDays: 60, strength: 0.35 },
  { type: 'webinar_registered', halfLifeDays: 45, strength: 0.3 },
  { type: 'webinar_attended', halfLifeDays: 90, strength: 0.8 },
  { type: 'form_submitted', halfLifeDays: 14, strength: 0.8 },
  { type: 'demo_requested', halfLifeDays: 14, strength: 3.2 },
  { type: 'chat_started', halfLifeDays: 4, strength: 1.5 },
  { type: 'meeting_booked', halfLifeDays: 20, strength: 3.5 },
  { type: 'ad_clicked', halfLifeDays: 30, strength: 0 },
  { type: 'email_clicked', halfLifeDays: 12, strength: 0.3 },
  { type: 'email_replied', halfLifeDays: 30, strength: 2 },
  { type: 'trial_started', halfLifeDays: 21, strength: 1.5 },
  { type: 'teammate_invited', halfLifeDays: 35, strength: 1.4 },
  { type: 'integration_connected', halfLifeDays: 120, strength: 2 },
  { type: 'feature_used', halfLifeDays: 7, strength: 0.15 },
  { type: 'support_ticket_opened', halfLifeDays: 30, strength: 0 },
] as const satisfies readonly Effect[]

export type EffectType = (typeof EFFECTS)[number]['type']

const INDEX: ReadonlyMap<string, number> = new Map(EFFECTS.map((effect, index) => [effect.type, index]))

/** The place of an event type in `EFFECTS`. */
export function effectIndex(type: EffectType): number {
  const index = INDEX.get(type)
  if (index === undefined) throw new RangeError(`${type} is not among EFFECTS`)
  return index
}

/** What is left of an effect after one day. */
export const DAILY_DECAY: Float64Array = Float64Array.from(
  EFFECTS,
  (effect) => 2 ** (-1 / effect.halfLifeDays),
)

/** Decisions a day of an account of level 0 without any event. */
const BASE_PACE = 0.00052

/** One level of pace, in log units: an account of level 5 decides six times as fast as one of level 0. */
const LEVEL_STEP = 0.36

const LOWEST_LEVEL = -14
const HIGHEST_LEVEL = 12

/** The level of who can never decide: competitors, students, countries that are not served. */
export const NEVER = -99

/** Decisions a day of a level; 0 for `NEVER`. */
export function paceOf(level: number): number {
  return level === NEVER ? 0 : BASE_PACE * Math.exp(LEVEL_STEP * level)
}

/** What an event of a colleague of the first contact counts against one of the first contact's own, in levels. */
const COLLEAGUE_STEPS = -3

/** The level of pace of an account: its own and its first contact's together. */
export function combineLevels(accountLevel: number, firstLevel: number): number {
  if (accountLevel === NEVER || firstLevel === NEVER) return NEVER
  return Math.max(LOWEST_LEVEL, Math.min(HIGHEST_LEVEL, accountLevel + firstLevel))
}

/** The level at which the events of a lead count: the first contact (index 0) leads, colleagues follow. */
export function eventLevel(level: number, leadIndex: number): number {
  return level === NEVER || leadIndex === 0 ? level : level + COLLEAGUE_STEPS
}
