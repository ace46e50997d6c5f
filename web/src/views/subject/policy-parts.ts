/** Of the policy, what the pages of leads and accounts read. */
export interface BandEdge {
  readonly name: string
  /** Points. */
  readonly from: number
}

export interface RejectionReason {
  readonly name: string
  readonly label: string
}

export interface PolicyParts {
  /** The model that decides about leads; null: not known yet. */
  readonly decidedBy: string | null
  /** The lowest first; empty where probabilities decide. */
  readonly bands: readonly BandEdge[]
  readonly rejectionReasons: readonly RejectionReason[]
}

export function readPolicyParts(content: unknown): PolicyParts {
  const bands = entries(field(content, 'bands'))
  const byProbability = bands.some((band) => field(band, 'from_probability') !== undefined)
  const decidedBy = field(content, 'decided_by')
  return {
    decidedBy: typeof decidedBy === 'string' ? decidedBy : null,
    bands: byProbability
      ? []
      : bands.map((band) => ({ name: String(field(band, 'name')), from: Number(field(band, 'from')) })),
    rejectionReasons: entries(field(field(content, 'feedback'), 'rejection_reasons')).map((reason) => {
      const name = String(field(reason, 'name'))
      return { name, label: String(field(reason, 'label') ?? name) }
    }),
  }
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined
}

function entries(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : []
}
