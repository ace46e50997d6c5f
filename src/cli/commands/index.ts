/** Every command, in the order of `wonlost --help`. To add one: a file beside this one, and a line here. */
import type { CliCommand } from '../command.ts'

export const COMMANDS: readonly CliCommand[] = []
