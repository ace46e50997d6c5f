/** Traits of a kind that no model could read: 'many' for a number of employees. Features take them for missing; a request should not. */
import type { FeatureSpec } from '../features/definition.ts'
import type { LeadRecord, Trait, TraitValue } from '../glossary.ts'
import type { Engine } from './engine.ts'

type TraitSide = 'lead' | 'account'

export interface UnreadableTrait {
  readonly side: TraitSide
  readonly name: string
  /** "must be a number". */
  readonly expected: string
  readonly value: TraitValue
}

interface Reading {
  readonly expected: string
  readonly reads: (value: TraitValue) => boolean
}

/** By kind of feature. Kinds that are not here read any value, or text. */
const READINGS: Readonly<Record<string, Reading>> = {
  number: {
    expected: 'must be a number',
    reads: (value) =>
      typeof value === 'number' ||
      (typeof value === 'string' && /^\s*[+-]?\d{1,300}(?:\.\d{1,300})?\s*$/.test(value)),
  },
  boolean: {
    expected: 'must be true or false',
    reads: (value) => typeof value === 'boolean' || /^\s*(true|false|yes|no|0|1)\s*$/i.test(String(value)),
  },
  list: {
    expected: 'must be a list of text',
    reads: (value) => typeof value === 'string' || typeof value === 'object',
  },
}

/** By engine, which never changes: what its models ask of traits, by side and name. */
const known = new WeakMap<Engine, ReadonlyMap<string, Reading>>()

function readingsOf(engine: Engine): ReadonlyMap<string, Reading> {
  let readings = known.get(engine)
  if (!readings) {
    readings = new Map(
      engine.models
        .flatMap(({ registry }) => registry.definition.features)
        .flatMap((spec) => {
          const reading = READINGS[spec.kind]
          return reading ? [[keyOf(spec), reading] as const] : []
        }),
    )
    known.set(engine, readings)
  }
  return readings
}

/** Those that some model of the engine asks for by this name, and could not read. Empty text is nobody's value: it counts as unknown. */
export function unreadableTraits(
  engine: Engine,
  lead: Pick<LeadRecord, 'traits'>,
  account: { readonly traits: readonly Trait[] },
): UnreadableTrait[] {
  const readings = readingsOf(engine)
  const unreadable = (side: TraitSide, traits: readonly Trait[]): UnreadableTrait[] =>
    traits.flatMap(({ name, value }) => {
      const reading = readings.get(`${side}.${name}`)
      if (!reading || value === '' || reading.reads(value)) return []
      return [{ side, name, expected: reading.expected, value }]
    })
  return [...unreadable('lead', lead.traits), ...unreadable('account', account.traits)]
}

function keyOf({ options }: FeatureSpec): string {
  return `${options['of'] === 'account' ? 'account' : 'lead'}.${String(options['trait'])}`
}
