/**
 * The models of one name: one for everyone, and those of segments. Of these, one scores a lead: the most specific that applies. The same
 * segments, in the same order, are what bands, routes and expected values go by.
 */
import type { Facts } from '../features/facts.ts'
import { bySpecificity, isInSegment, type Segment, whyInSegment } from '../features/segments.ts'
import type { LoadedModel } from './load-model.ts'

export interface FamilySegment {
  readonly segment: Segment
  /** null: its leads are scored by a model of a less specific one, or by that for everyone. */
  readonly model: LoadedModel | null
}

export interface Family {
  readonly name: string
  /** null: leads of no segment have no model. */
  readonly everyone: LoadedModel | null
  /** The most specific first, of equals as the definition writes them. */
  readonly segments: readonly FamilySegment[]
}

/** By the list of an engine, which never changes. */
const known = new WeakMap<readonly LoadedModel[], readonly Family[]>()

/** In the order of the first model of each name. */
export function familiesOf(models: readonly LoadedModel[]): readonly Family[] {
  let families = known.get(models)
  if (!families) {
    const names = [...new Set(models.map(({ name }) => name))]
    families = names.map((name) =>
      toFamily(
        name,
        models.filter((model) => model.name === name),
      ),
    )
    known.set(models, families)
  }
  return families
}

/**
 * The segments of the definition behind the model for everyone, and those of models that have one it does not know. A model of a segment
 * goes by the conditions that it was trained with: those of its own definition, and so does whoever asks for its segment.
 */
function toFamily(name: string, models: readonly LoadedModel[]): Family {
  const everyone = models.find(({ segment }) => segment === '') ?? null
  const found = new Map<string, FamilySegment>()
  for (const segment of everyone?.registry.definition.segments ?? [])
    found.set(segment.name, { segment, model: null })
  // In the order of the definitions, and not of the names, whatever order the models have.
  const placeOf = (model: LoadedModel): number =>
    model.registry.definition.segments.findIndex(({ name }) => name === model.segment)
  for (const model of models.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const segment = model.registry.definition.segments[placeOf(model)]
    if (segment) found.set(segment.name, { segment, model })
  }
  const segments = bySpecificity([...found.values()].map(({ segment }) => segment))
  return { name, everyone, segments: segments.map((segment) => found.get(segment.name)!) }
}

/** Those that the lead is in, in their order. */
export function segmentsAround({ segments }: Family, facts: Facts): readonly FamilySegment[] {
  return segments.filter(({ segment }) => isInSegment(segment, facts))
}

/** Which model of the family scores the lead, and why this one; or why none does. */
export function chooseModel(
  family: Family,
  facts: Facts,
):
  | { readonly model: LoadedModel; readonly because: string }
  | { readonly model: null; readonly because: string } {
  const { name, everyone, segments } = family
  const around = segmentsAround(family, facts)
  for (const { segment, model } of around)
    if (model)
      return { model, because: `the segment ${segment.name} applies: ${whyInSegment(segment, facts)}` }
  if (!everyone) return { model: null, because: `no segment applies, and ${name} has no model for everyone` }
  if (segments.length === 0) return { model: everyone, because: FOR_EVERYONE }
  const [first] = around
  return {
    model: everyone,
    because: first ? `there is no champion for the segment ${first.segment.name}` : 'no segment applies',
  }
}

/** Why a model without segments answers. */
export const FOR_EVERYONE = 'it is the model for everyone'
