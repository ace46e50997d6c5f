/**
 * A change of campaigns, for those who watch for drift: from a day on, money goes into advertisements and bought content instead of
 * search, and visits begin with an advertisement and end with a download more often. What a lead is worth by its source stays.
 */
import type { Source } from './sources.ts'

/** How many times as many leads a source brings, before all are scaled to the same number. */
export const CAMPAIGN_VOLUMES: Readonly<Partial<Record<Source, number>>> = {
  paid_social: 6,
  content_syndication: 2.5,
  organic_search: 0.5,
  inbound_form: 0.6,
}

/** How many times as often a visit is of a kind (a template of sessions.ts), before the chances are scaled to 1. */
export const CAMPAIGN_VISITS: Readonly<Record<string, number>> = {
  advertisement: 4,
  download: 3,
  pricing: 0.5,
  docs: 0.5,
}
