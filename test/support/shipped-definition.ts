/** A definition of the package with nothing left to learn but vocabularies: rows can be computed without training. */
import { readFileSync } from 'node:fs'
import { type Definition, parseDefinition } from '../../src/features/definition.ts'
import { withHalfLives } from '../../src/features/half-lives.ts'
import { DAY } from '../../src/glossary.ts'
import { parseList } from '../../src/guardrails/lists.ts'

/** Of the package. */
export function shippedLists() {
  const file = new URL('../../models/lists/competitors.txt', import.meta.url)
  return { competitors: parseList(readFileSync(file, 'utf8')) }
}

export function shippedDefinition(name: string): Definition {
  const file = new URL(`../../models/${name}.yaml`, import.meta.url)
  return withHalfLives(
    parseDefinition(readFileSync(file, 'utf8'), `${name}.yaml`, shippedLists()),
    () => 14 * DAY,
  )
}
