/** Features that a definition cannot have for whom it asks about: an account has no colleagues, and no traits of its own as a person. */
import type { Fault } from '../checked-yaml.ts'
import type { Definition } from './definition.ts'
import type { Feature } from './feature-kind.ts'

export function entityFaults(
  entity: Definition['entity'],
  { kind, entity: wanted, options }: Feature,
  position: number,
): Fault[] {
  if (wanted !== null && wanted !== entity) {
    const message = `is for "entity: ${wanted}" only. Given: ${entity}.`
    return [{ path: ['features', position, kind], message }]
  }
  if (entity === 'lead' || options['of'] !== 'lead') return []
  const message = 'must be one of: account, first_contact; an account has many leads. Given: lead.'
  return [{ path: ['features', position, kind, 'of'], message }]
}
