/** What `models promote` and `models rollback` share: why, by whom, and what is told. */

import { WonlostError } from '../errors.ts'
import { type Milliseconds, modelTitle } from '../glossary.ts'
import type { ChampionChange, ChangedChampion } from '../jobs/change-champion.ts'
import { actingUser } from './acting-user.ts'
import type { CommandOptions } from './command.ts'

/** `segment`: '' is the model for everyone. */
export function championChange(
  name: string,
  segment: string,
  reason: string,
  now: Milliseconds,
): ChampionChange {
  return { name, segment, reason, changedBy: actingUser(), now }
}

/** `--reason`: the history of a model says why. */
export function readReason({ reason }: CommandOptions): string {
  const text = typeof reason === 'string' ? reason.trim() : ''
  if (text !== '') return text
  throw new WonlostError('usage', '--reason must say why, for the history of the model.', {
    field: '--reason',
  })
}

export function changedText({ segment, ...changed }: ChangedChampion, json: boolean): string {
  if (!json) return changedLine({ segment, ...changed })
  const { name, ...rest } = changed
  return JSON.stringify({ name, segment: segment || null, ...rest })
}

function changedLine({ version, previous, changed, forced, ...model }: ChangedChampion): string {
  const name = modelTitle(model)
  if (version === null)
    return `${name} has no champion any more, as before version ${previous}. ${STANDS_IN[model.segment === '' ? 'everyone' : 'segment']} Running servers follow within seconds.`
  if (!changed) return `${name} version ${version} is the champion already; nothing changed.`
  const before = previous === null ? 'it is the first' : `version ${previous} was it before`
  const against = forced ? ' This was against the gate, and the history says so.' : ''
  return `${name} version ${version} is the champion now; ${before}.${against} Running servers follow within seconds.`
}

/** Who answers where there is no champion. */
const STANDS_IN = {
  segment:
    'Its leads are scored as those of any other: by a less specific segment, or by the model for everyone.',
  everyone: 'The rubric answers in its place, where it has anything to say.',
} as const

/** What to enter to promote a challenger. */
export function promotionAdvice(
  { name, segment }: { readonly name: string; readonly segment: string },
  version: number,
  hasPassed: boolean,
): string {
  const of = segment === '' ? '' : ` --segment ${segment}`
  const how = `wonlost models promote ${name} ${version}${of}${hasPassed ? '' : ' --force'} --reason "..."`
  return hasPassed ? `To promote it: ${how}` : `To promote it nevertheless: ${how}`
}
