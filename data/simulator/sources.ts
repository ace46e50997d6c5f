/** The channels leads come by, and how leads of each behave. */

export const SOURCES = [
  'inbound_form',
  'organic_search',
  'paid_search',
  'paid_social',
  'webinar',
  'event',
  'referral',
  'partner',
  'outbound',
  'content_syndication',
] as const

export type Source = (typeof SOURCES)[number]

/** People of a group visit alike: how often, what they look at, and what their first touch is. */
export const GROUPS = ['direct', 'search', 'nurtured', 'paid', 'outbound', 'job_seeking', 'rival'] as const
export type Group = (typeof GROUPS)[number]

export const GROUP_OF_SOURCE: Readonly<Record<Source, Group>> = {
  inbound_form: 'direct',
  organic_search: 'search',
  paid_search: 'paid',
  paid_social: 'paid',
  webinar: 'nurtured',
  event: 'outbound',
  referral: 'direct',
  partner: 'direct',
  outbound: 'outbound',
  content_syndication: 'nurtured',
}
