/** What a model goes by, and how: the same section for every learner. In snake_case: what goes into a report as it is. */

/** Means are over learned rows, evenly spaced; all of it is of the calibrated model. */
export interface EffectsReport {
  readonly rows: {
    readonly learned: number
    /** Rows that means are taken over. */
    readonly importance: number
    readonly partial_dependence: number
    /** null where columns add up without leaning on each other (logistic regression): then there are no pairs. */
    readonly interactions: number | null
  }
  /** Of the model. The lists below hold the most important ones. */
  readonly columns: number
  /** Largest effect first. Groups are what one reason speaks for. */
  readonly by_group: readonly ({ readonly group: string } & ImportanceReport)[]
  readonly by_column: readonly ({ readonly column: string; readonly group: string } & ImportanceReport)[]
  readonly partial_dependence: readonly PartialDependenceReport[]
  /** Pairs of columns that have a partial dependence here, strongest first. */
  readonly interactions: readonly InteractionReport[]
}

export interface ImportanceReport {
  /** Mean absolute SHAP value, in log-odds; of a group: of the sum over its columns. */
  readonly mean_absolute_shap: number
  /** The same in points. */
  readonly mean_absolute_points: number
  /** Share of all that splits took off the loss, 0..1; null where nothing is split. */
  readonly gain: number | null
}

/** A number, or 0 and 1 of a flag; a category; null: missing. */
export type EffectValue = number | string | null

export interface PartialDependenceReport {
  readonly column: string
  readonly kind: 'number' | 'flag' | 'category'
  /** Numbers and flags rising, categories from the commonest on; missing last, where learned rows are. */
  readonly points: readonly {
    readonly value: EffectValue
    /** Mean probability when every row holds the value. */
    readonly probability: number
    /** Learned rows that hold it; of a number: to which it is the nearest of these. */
    readonly rows: number
  }[]
}

export interface InteractionReport {
  readonly columns: readonly [string, string]
  /** Mean absolute SHAP interaction value, both halves together, in log-odds and in points. */
  readonly mean_absolute_interaction: number
  readonly mean_absolute_points: number
  /** Partial dependence on both at once: `probability[i][j]` is of `values[0][i]` and `values[1][j]`, as is `rows[i][j]`. */
  readonly values: readonly [readonly EffectValue[], readonly EffectValue[]]
  readonly probability: readonly (readonly number[])[]
  readonly rows: readonly (readonly number[])[]
}
