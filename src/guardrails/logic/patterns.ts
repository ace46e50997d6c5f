/**
 * What can be true together of one thing that conditions look at (a trait, a score, a count of events). Every condition on it is an atom; a
 * pattern says of each atom whether it holds. The patterns of a thing are those of a few values that stand for all: on either side of every
 * line that an operator draws. Where that is not exact (operators that look into text, lists) there are more patterns than can come, never
 * fewer: what holds under none of them holds for nobody.
 */
import type { TraitValue } from '../../glossary.ts'
import type { Comparison, Condition, EventCount, Knowledge } from '../condition.ts'
import type { Domain } from '../domain.ts'
import type { OperatorContext } from '../operator.ts'
import { dateOf, Reading } from '../reading.ts'
import { countPatterns } from './count-patterns.ts'
import { exampleValues, SOME_MOMENT } from './example-values.ts'

export type Atom = Comparison | Knowledge | EventCount

/** One thing, with the atoms on it. */
export interface Subject {
  readonly key: string
  /** In words. */
  readonly label: string
  /** By key of the atom, its place. */
  readonly places: ReadonlyMap<string, number>
  readonly atoms: readonly Atom[]
}

/** By place of the atom, 1 where it holds. */
export type Pattern = Uint8Array

/** Of so many atoms that nothing pins down, all combinations are tried. */
const MOST_FREE = 8
const MOST_EXAMPLES = 20_000

/** Every thing that these conditions look at. */
export function subjectsOf(conditions: readonly Condition[]): ReadonlyMap<string, Subject> {
  const found = new Map<string, Filling>()
  for (const atom of conditions.flatMap(atomsOf)) {
    const key = subjectKey(atom)
    const label = atom.kind === 'count' ? atom.query.types.join(' or ') : atom.field.label
    const subject: Filling = found.get(key) ?? { key, label, places: new Map(), atoms: [] }
    found.set(key, subject)
    const name = atomKey(atom)
    if (!subject.places.has(name)) subject.places.set(name, subject.atoms.push(atom) - 1)
  }
  return found
}

/** A subject while its atoms are gathered. */
interface Filling extends Subject {
  readonly places: Map<string, number>
  readonly atoms: Atom[]
}

export function atomsOf(condition: Condition): Atom[] {
  return 'parts' in condition ? condition.parts.flatMap(atomsOf) : [condition]
}

/** It may be a list, and some condition looks at lists entry by entry. */
export function mayBeList({ atoms }: Subject): boolean {
  return atoms.some((atom) => atom.kind === 'value' && atom.field.mayBeList && atom.operator.readsLists)
}

export function subjectKey(atom: Atom): string {
  return keysOf(atom).subject
}

export function atomKey(atom: Atom): string {
  return keysOf(atom).atom
}

const known = new WeakMap<Atom, { readonly subject: string; readonly atom: string }>()

/** Made once: a search asks again and again. */
function keysOf(atom: Atom): { readonly subject: string; readonly atom: string } {
  let keys = known.get(atom)
  if (!keys) {
    keys = {
      // Windows and properties of the same events are one thing: their counts depend on each other.
      subject: atom.kind === 'count' ? `count ${atom.query.types.toSorted().join(' ')}` : atom.field.key,
      atom: textOf(atom),
    }
    known.set(atom, keys)
  }
  return keys
}

function textOf(atom: Atom): string {
  if (atom.kind === 'count') return `${atom.place} ${atom.atLeast} ${atom.atMost}`
  if (atom.kind === 'known') return `known ${atom.wanted}`
  return `${atom.operator.name} ${JSON.stringify(atom.operand)}`
}

/** What may still be looked at, before the search is given up. */
export interface Budget {
  steps: number
}

/** null: too many to try. `withLists`: the value may also be a list. */
export function patternsOf(
  subject: Subject,
  context: OperatorContext,
  withLists: boolean,
  budget: Budget,
): readonly Pattern[] | null {
  const { atoms } = subject
  const counts = atoms.filter((atom) => atom.kind === 'count')
  if (counts.length > 0) {
    const found = countPatterns(counts)
    budget.steps -= (found?.length ?? 0) * atoms.length
    return found && distinct(found)
  }
  const domain = domainOf(subject)
  const values = atoms.filter((atom) => atom.kind === 'value')
  // One of a few values can be asked everything.
  const isListed = domain !== null && 'values' in domain
  const examples = values.map(({ operator, operand }) =>
    isListed ? [] : operator.examples(operand, context, SOME_MOMENT),
  )
  const isFree = examples.map((found) => found === null)
  if (isFree.filter(Boolean).length > MOST_FREE) return null
  // How dates of the calendar lie to the moment of judging depends on the moment.
  const inCalendar = examples
    .filter((_, i) => !values[i]!.operator.isRelative)
    .flatMap((found) => found ?? [])
  if (values.some(({ operator }) => operator.isRelative) && inCalendar.some(isDate)) return null
  const written = examples.flatMap((found) => found ?? [])
  budget.steps -= written.length * atoms.length
  if (written.length > MOST_EXAMPLES || budget.steps < 0) return null
  const reading = new Reading(context.countryCodeOf)
  const patterns = [unknownPattern(atoms)]
  const add = (value: TraitValue, free: (place: number) => boolean): void => {
    reading.load(value)
    const pattern = Uint8Array.from(atoms, (atom) => holdsFor(atom, reading))
    patterns.push(...combinations(pattern, atoms.map((_, place) => place).filter(free)))
  }
  const placeOf = (atom: Atom): number => values.indexOf(atom as Comparison)
  for (const value of exampleValues(written, domain)) {
    reading.load(value)
    // A value that an equality names is that value: what looks into it can be asked.
    const isPinned = values.some(
      (atom) => atom.operator.isEquality && typeof value !== 'object' && atom.accepts(reading, SOME_MOMENT),
    )
    add(value, (place) => !isPinned && isFree[placeOf(atoms[place]!)] === true)
    if (patterns.length > MOST_EXAMPLES) return null
  }
  if (withLists && mayBeList(subject)) {
    const reads = atoms.filter((atom) => atom.kind === 'value' && atom.operator.readsLists)
    if (reads.length > MOST_FREE) return null
    add([], (place) => reads.includes(atoms[place]!))
  }
  return distinct(patterns)
}

function isDate(value: TraitValue): boolean {
  return typeof value === 'string' && !Number.isNaN(dateOf(value))
}

/** The atoms on a value all look at the same field. */
function domainOf({ atoms }: Subject): Domain | null {
  const [atom] = atoms
  return atom && atom.kind !== 'count' ? atom.field.domain : null
}

function holdsFor(atom: Atom, reading: Reading): 0 | 1 {
  if (atom.kind === 'known') return atom.wanted ? 1 : 0
  return atom.kind === 'value' && atom.accepts(reading, SOME_MOMENT) ? 1 : 0
}

function unknownPattern(atoms: readonly Atom[]): Pattern {
  return Uint8Array.from(atoms, (atom) => (atom.kind === 'known' && !atom.wanted ? 1 : 0))
}

/** The pattern with every combination of what is free. */
function combinations(pattern: Pattern, free: readonly number[]): Pattern[] {
  return Array.from({ length: 2 ** free.length }, (_, bits) => {
    const one = pattern.slice()
    free.forEach((place, i) => {
      one[place] = (bits >> i) & 1
    })
    return one
  })
}

function distinct(patterns: readonly Pattern[]): Pattern[] {
  return [...new Map(patterns.map((pattern) => [pattern.join(''), pattern])).values()]
}
