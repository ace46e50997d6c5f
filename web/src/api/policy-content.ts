/** What pages read of a policy, which is answered as any JSON. */

export interface PolicyBand {
  readonly name: string
  readonly from: number
  readonly action: string
  /** An ISO 8601 duration; null: no response is due. */
  readonly respondWithin: string | null
}

/** Bands of the policy, the lowest first. */
export function bandsOf(content: unknown): readonly PolicyBand[] {
  const bands = isRecord(content) ? content['bands'] : []
  if (!Array.isArray(bands)) return []
  return bands.filter(isRecord).map(({ name, from, action, respond_within: respondWithin }) => ({
    name: String(name),
    from: Number(from),
    action: String(action),
    respondWithin: typeof respondWithin === 'string' ? respondWithin : null,
  }))
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
