/** An option that is a list of names, divided by commas. */
import type { CommandOptions } from './command.ts'

/** Empty when the option is not there. */
export function readNames(option: CommandOptions[string]): readonly string[] {
  return typeof option === 'string' ? option.split(',').map((name) => name.trim()) : []
}
