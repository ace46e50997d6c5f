import type { Engine } from '../scoring/engine.ts'
import { invalidRequest, shown } from './validation.ts'

/**
 * Throws `invalid_request` for a band that no decision by this policy has: an invented one costs a count, and takes the place of one that is
 * remembered.
 */
export function requireBand(policy: Engine['policy'], band: string | undefined): void {
  if (band === undefined) return
  const allowed = [...policy.bands.map(({ name }) => name), ...Object.keys(policy.verdicts)]
  if (allowed.includes(band)) return
  const message = `band must be one of ${allowed.join(', ')}. Given: ${shown(band)}.`
  throw invalidRequest([{ field: 'band', message }])
}
