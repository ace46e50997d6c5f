/**
 * Kinds of features are data: an object through `defineFeatureKind`, in the one list of kinds/index.ts. A kind says which options
 * a definition may give it, which columns they make, how facts become numbers, and how a number is told to people.
 */
import { z } from 'zod'
import type { LeadEvent, SubjectKind } from '../glossary.ts'
import type { Told } from '../wording-template.ts'
import type { Column } from './column.ts'
import type { EventIndex } from './event-index.ts'
import type { Facts } from './facts.ts'

/** Whether an event of a colleague may change the feature of a lead. */
type ReadsOfColleague = (event: LeadEvent) => boolean

/** What a row is computed from. `index` holds `facts.events`. */
export interface RowContext {
  readonly facts: Facts
  readonly index: EventIndex
}

/** Writes the feature's columns to row[offset], row[offset + 1], ... Missing is NaN. */
type ComputeColumns = (context: RowContext, row: Float64Array, offset: number) => void

/** Tells the value of the feature's column number `column` in words: "3 pricing page visits, the last 2 days ago". */
type DescribeColumn = (context: RowContext, column: number, value: number) => string

/** What of the feature's column number `column` the words of a policy may tell, beside its value: "{count}", "{ago}". */
type TellColumn = (context: RowContext, column: number, value: number) => Told

/** What a kind gets to prepare itself with, once for each registry. */
interface KindSettings<Options> {
  readonly options: Options
  /** Fitted; empty for kinds without one. */
  readonly vocabulary: readonly string[]
  readonly index: EventIndex
}

interface FeatureKindSpec<Schema extends z.ZodType> {
  /** How definitions call it. */
  readonly kind: string
  /** Part of the fingerprint: anything besides the options that changes what is computed (tables of words, a formula). */
  readonly version: string
  /** Whom a definition with it must ask about; by default either. */
  readonly entity?: SubjectKind
  readonly options: Schema
  /** Unique in a definition; names the vocabulary. */
  readonly name: (options: z.output<Schema>) => string
  readonly columns: (options: z.output<Schema>, vocabulary: readonly string[]) => readonly Column[]
  /** Only of kinds with a fitted vocabulary: the values that these facts hold. */
  readonly values?: (options: z.output<Schema>, facts: Facts) => readonly string[]
  readonly compute: (settings: KindSettings<z.output<Schema>>) => ComputeColumns
  readonly describe: (settings: KindSettings<z.output<Schema>>) => DescribeColumn
  /** Only of kinds that have more to tell than a value. */
  readonly tell?: (settings: KindSettings<z.output<Schema>>) => TellColumn
  /** Only of kinds that look at what the colleagues of a lead do. */
  readonly readsOfColleague?: (settings: KindSettings<z.output<Schema>>) => ReadsOfColleague
}

/** A feature of a definition: a kind with its options filled in. */
export interface Feature {
  readonly name: string
  readonly kind: string
  readonly version: string
  /** null: either. */
  readonly entity: SubjectKind | null
  /** Complete and plain, as YAML would say it. */
  readonly options: Readonly<Record<string, unknown>>
  readonly values: ((facts: Facts) => readonly string[]) | null
  /** Columns for a fitted vocabulary, with what computes and describes them. */
  fit(
    vocabulary: readonly string[],
    index: EventIndex,
  ): {
    readonly columns: readonly Column[]
    readonly compute: ComputeColumns
    readonly describe: DescribeColumn
    readonly tell: TellColumn
    readonly readsOfColleague: ReadsOfColleague
  }
}

export interface FeatureKind {
  readonly kind: string
  /** Options as a definition gives them; the error lists what is wrong with them. */
  parse(options: unknown): { readonly feature: Feature } | { readonly error: z.ZodError }
}

/** Hides the type of the options, so that all kinds fit into one list. */
export function defineFeatureKind<Schema extends z.ZodType>(spec: FeatureKindSpec<Schema>): FeatureKind {
  return {
    kind: spec.kind,
    parse(given) {
      const parsed = spec.options.safeParse(given)
      if (!parsed.success) return { error: parsed.error }
      const options = parsed.data
      const { values } = spec
      const feature: Feature = {
        name: spec.name(options),
        kind: spec.kind,
        version: spec.version,
        entity: spec.entity ?? null,
        options: z.encode(spec.options, options) as Readonly<Record<string, unknown>>,
        values: values ? (facts) => values(options, facts) : null,
        fit(vocabulary, index) {
          const settings = { options, vocabulary, index }
          return {
            columns: spec.columns(options, vocabulary),
            compute: spec.compute(settings),
            describe: naming(options, spec.describe(settings)),
            tell: spec.tell?.(settings) ?? (() => NOTHING_MORE),
            readsOfColleague: spec.readsOfColleague?.(settings) ?? (() => false),
          }
        },
      }
      return { feature }
    },
  }
}

const NOTHING_MORE: Told = {}

/** Of a trait of the first contact the words say so, where that is somebody else, or nobody tells who it is. */
function naming(options: unknown, describe: DescribeColumn): DescribeColumn {
  if ((options as { readonly of?: unknown }).of !== 'first_contact') return describe
  return (context, column, value) => {
    const words = describe(context, column, value)
    const { firstContactId, leadId } = context.facts
    if (firstContactId === undefined) return 'first contact not known'
    return firstContactId === leadId ? words : `first contact: ${words}`
  }
}
