/** A definition of the package with nothing left to learn but vocabularies: rows can be computed without training. */
import { readFileSync } from 'node:fs'
import { type Definition, parseDefinition } from '../../src/features/definition.ts'
import { withHalfLives } from '../../src/features/half-lives.ts'
import { DAY } from '../../src/glossary.ts'

export function shippedDefinition(name: string): Definition {
  const file = new URL(`../../models/${name}.yaml`, import.meta.url)
  return withHalfLives(parseDefinition(readFileSync(file, 'utf8'), `${name}.yaml`), () => 14 * DAY)
}
