/** How often what a model asks of who a lead is was missing: a feed that stopped shows here first. */
import type { Column } from '../features/column.ts'
import { factsAt } from '../features/facts.ts'
import type { FittedRegistry } from '../features/registry.ts'
import type { AccountRecord, Milliseconds } from '../glossary.ts'
import { whyNotApplicable } from './applicability.ts'
import type { Engine } from './engine.ts'
import { chooseModel, familiesOf } from './families.ts'
import { rowOf } from './score-row.ts'

export interface MissingShare {
  readonly model: string
  /** '' is the model for everyone. */
  readonly segment: string
  /** Of a list, which has a column for each of its entries, the feature: entries are texts from the data. */
  readonly column: string
  /** Rows without a value / rows. */
  readonly share: number
}

export interface MissingCounts {
  /** The rows of the leads `leadIds` among those of `account`. */
  add(account: AccountRecord, leadIds: ReadonlySet<string>, asOf: Milliseconds): void
  /** In the order of the engine's models and their columns; of models that no lead was scored by, nothing. */
  shares(): readonly MissingShare[]
}

/** Of fit features only: of what a lead did, missing says no more than that it did not. */
export function countMissing(engine: Engine): MissingCounts {
  const families = familiesOf(engine.models)
  const counts = new Map(
    engine.models.map((model) => [model, { rows: 0, missing: model.registry.columns.map(() => 0) }]),
  )
  return {
    add(account, leadIds, asOf) {
      for (const lead of account.leads) {
        if (!leadIds.has(lead.leadId)) continue
        const facts = factsAt(account, lead, asOf)
        for (const family of families) {
          const { model } = chooseModel(family, facts)
          if (!model || whyNotApplicable(model.registry.definition, account, lead, asOf) !== null) continue
          const count = counts.get(model)
          if (!count) continue
          count.rows += 1
          for (const [column, value] of rowOf(model, facts).entries())
            if (Number.isNaN(value)) count.missing[column]! += 1
        }
      }
    },
    shares() {
      return [...counts].flatMap(([{ name, segment, registry }, { rows, missing }]) => {
        if (rows === 0) return []
        const nameOf = namesWithoutEntries(registry)
        // All entries of a list are missing together.
        const shares = new Map(
          registry.columns.flatMap((column, place) =>
            column.side === 'fit' ? [[nameOf(column), missing[place]! / rows]] : [],
          ),
        )
        return [...shares].map(([column, share]) => ({ model: name, segment, column, share }))
      })
    },
  }
}

function namesWithoutEntries({ vocabularies }: FittedRegistry): (column: Column) => string {
  const features = new Map(
    Object.entries(vocabularies).flatMap(([feature, entries]) =>
      entries.map((entry) => [`${feature}.${entry}`, feature]),
    ),
  )
  return ({ name }) => features.get(name) ?? name
}
