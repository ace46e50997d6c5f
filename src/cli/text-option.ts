/** An option that is a text for people. */
import { WonlostError } from '../errors.ts'
import type { CommandOptions } from './command.ts'

/** Without blanks around it; undefined when the option is not there. Throws `usage` for an empty one, and one that is too long. */
export function readText(options: CommandOptions, name: string, longest: number): string | undefined {
  const given = options[name]
  if (given === undefined) return undefined
  const text = typeof given === 'string' ? given.trim() : ''
  if (text !== '' && text.length <= longest) return text
  const message = `--${name} must be a text of 1 to ${longest} characters. Given: ${text.length}.`
  throw new WonlostError('usage', message, { field: `--${name}` })
}
