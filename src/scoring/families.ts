/** The models of one name: one for everyone, and those of segments. Of these, one scores a lead: the most specific that applies. */
import type { Facts } from '../features/facts.ts'
import { bySpecificity, isInSegment, type Segment, segmentsOf, whyInSegment } from '../features/segments.ts'
import type { LoadedModel } from './load-model.ts'

export interface Family {
  readonly name: string
  /** null: leads of no segment have no model. */
  readonly everyone: LoadedModel | null
  /** The most specific first. */
  readonly inSegments: readonly { readonly segment: Segment; readonly model: LoadedModel }[]
  /** The model for everyone has segments, and some of them no model. */
  readonly isDivided: boolean
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

/** A model of a segment goes by the conditions that it was trained with: those of its own definition. */
function toFamily(name: string, models: readonly LoadedModel[]): Family {
  const everyone = models.find(({ segment }) => segment === '') ?? null
  const bySegment = new Map(
    models.flatMap((model) => {
      const segment = segmentOf(model)
      return segment ? [[segment, model] as const] : []
    }),
  )
  const inSegments = bySpecificity([...bySegment.keys()]).map((segment) => ({
    segment,
    model: bySegment.get(segment)!,
  }))
  return { name, everyone, inSegments, isDivided: (everyone?.registry.definition.segments.length ?? 0) > 0 }
}

/** null for the model for everyone. */
function segmentOf({ segment, registry }: LoadedModel): Segment | null {
  return registry.definition.segments.find(({ name }) => name === segment) ?? null
}

/** Which model of the family scores the lead, and why this one; or why none does. */
export function chooseModel(
  { name, everyone, inSegments, isDivided }: Family,
  facts: Facts,
):
  | { readonly model: LoadedModel; readonly because: string }
  | { readonly model: null; readonly because: string } {
  for (const { segment, model } of inSegments)
    if (isInSegment(segment, facts))
      return { model, because: `the segment ${segment.name} applies: ${whyInSegment(segment, facts)}` }
  if (!everyone) return { model: null, because: `no segment applies, and ${name} has no model for everyone` }
  if (!isDivided) return { model: everyone, because: inSegments.length > 0 ? NO_SEGMENT : FOR_EVERYONE }
  const [segment] = segmentsOf(everyone.registry.definition, facts)
  return {
    model: everyone,
    because: segment ? `there is no champion for the segment ${segment.name}` : NO_SEGMENT,
  }
}

const NO_SEGMENT = 'no segment applies'

/** Why a model without segments answers. */
export const FOR_EVERYONE = 'it is the model for everyone'
