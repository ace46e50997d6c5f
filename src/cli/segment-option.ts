/** `--segment`: of a model that is trained for a part of the population. */
import { EVERYONE } from '../features/segment-schema.ts'
import type { CommandOptions } from './command.ts'

export const SEGMENT_FLAG = '--segment <NAME>'

export const SEGMENT_HELP = `the model of this segment; default: ${EVERYONE}`

/** '' is everyone, by that word or without the option. */
export function readSegment({ segment = EVERYONE }: CommandOptions): string {
  return segment === EVERYONE ? '' : String(segment)
}
