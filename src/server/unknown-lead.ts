import { WonlostError } from '../errors.ts'

export function unknownLead(id: string): WonlostError {
  return new WonlostError('lead_not_found', `There is no lead ${JSON.stringify(id)}.`, { field: 'id' })
}
