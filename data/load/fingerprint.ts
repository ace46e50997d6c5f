/** A hash of the laws of the simulator: the truth of a history can be told only by the laws it was drawn by. */
import { createHash } from 'node:crypto'
import { DECISIONS_BY_WEEKDAY, VISITS_BY_WEEKDAY } from '../simulator/calendar.ts'
import { CAMPAIGN_VOLUMES } from '../simulator/campaign.ts'
import { marketWin, STORY_MONTHS, sourceWin } from '../simulator/drift.ts'
import { EFFECTS, eventLevel, paceOf } from '../simulator/effects.ts'
import { colleagueRate } from '../simulator/journey.ts'
import { INTENTS } from '../simulator/people.ts'
import { type SimulationOptions, worldOf } from '../simulator/process.ts'
import { TEMPLATES } from '../simulator/sessions.ts'
import { SOURCES } from '../simulator/sources.ts'
import {
  createStreamLaws,
  FOLLOWING_MIXTURES,
  FOLLOWING_PROFILES,
  INTEREST_SHAPES,
} from '../simulator/streams.ts'

/** sha256 in hexadecimal. */
export function parametersFingerprint(options: SimulationOptions): string {
  const laws = createStreamLaws(worldOf(options))
  const months = Array.from({ length: STORY_MONTHS + 1 }, (_, month) => month)
  const { startDay, endDay, campaignDay } = laws.world
  const everyday = { kind: 'company', level: 0, win: 0, germanMarket: false, colleagues: 1, zone: 0 } as const
  const parameters = [
    EFFECTS,
    [paceOf(0), paceOf(1), eventLevel(0, 1)],
    TEMPLATES,
    [DECISIONS_BY_WEEKDAY, VISITS_BY_WEEKDAY],
    [INTEREST_SHAPES, FOLLOWING_PROFILES, FOLLOWING_MIXTURES],
    [
      laws.visitMixtures,
      laws.entryMixtures,
      laws.mainProfiles.map((profile) => [...profile.subarray(0, 60)]),
    ],
    months.map((month) => [marketWin(true, month), marketWin(false, month)]),
    SOURCES.map((source) => months.map((month) => sourceWin(source, month))),
    INTENTS,
    months.map((day) => colleagueRate(laws, everyday, startDay, startDay + 10 * day)),
    ...(campaignDay === undefined ? [] : [[endDay - campaignDay, CAMPAIGN_VOLUMES]]),
  ]
  return createHash('sha256').update(JSON.stringify(parameters)).digest('hex')
}
