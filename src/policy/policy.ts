/** The policy: what to do with scores. Its schema, and the checks that a schema cannot make. */
import { z } from 'zod'
import { type CheckedYaml, type Fault, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'

const name = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'must be small letters, digits, - and _, a letter first')
const scoreBound = z.number().int().min(0).max(100)

/** Weeks, days, hours, minutes, seconds; no months or years, whose length depends on the date. */
const duration = z
  .string()
  .regex(
    /^P(?=\d|T\d)(\d{1,4}W)?(\d{1,4}D)?(T(?=\d)(\d{1,4}H)?(\d{1,4}M)?(\d{1,4}S)?)?$/,
    'must be an ISO 8601 duration in weeks, days, hours, minutes, seconds (PT1H, P1D, P1DT12H), or null',
  )
  .nullable()

const outcomeSchema = strictFields({ action: z.string().min(1), respond_within: duration })

const policySchema = strictFields({
  decided_by: name,
  bands: z
    .array(
      strictFields({
        name,
        from: scoreBound,
        to: scoreBound,
        action: z.string().min(1),
        respond_within: duration,
      }),
    )
    .min(1),
  verdicts: strictFields({
    disqualified: outcomeSchema,
    review: outcomeSchema,
    unscored: outcomeSchema,
  }),
  grade: strictFields({
    fit: strictFields({ model: name, A: scoreBound, B: scoreBound, C: scoreBound }),
    intent: strictFields({ model: name, 1: scoreBound, 2: scoreBound, 3: scoreBound }),
  }),
})

export type Policy = Readonly<z.infer<typeof policySchema>>
export type Band = Policy['bands'][number]

/** Reads a policy. Throws `policy_invalid` with file, line and field. */
export function parsePolicy(text: string, file: string): Policy {
  const document: CheckedYaml = readYaml(text, file, 'policy_invalid')
  const parsed = policySchema.safeParse(document.value)
  if (!parsed.success) throw document.fail(faultsOf(parsed.error, document.value))
  const policy = parsed.data
  const faults = [
    ...bandFaults(policy),
    ...thresholdFaults(policy, 'fit', ['A', 'B', 'C']),
    ...thresholdFaults(policy, 'intent', ['1', '2', '3']),
  ]
  if (faults.length > 0) throw document.fail(faults)
  return policy
}

/** Names of their own; from 0 to 100 without gap or overlap. */
function bandFaults({ bands, verdicts }: Policy): Fault[] {
  const faults: Fault[] = []
  const taken = new Set(Object.keys(verdicts))
  let expected = 0
  bands.forEach((band, index) => {
    const wrong = (field: string, message: string) => faults.push({ path: ['bands', index, field], message })
    if (taken.has(band.name)) {
      wrong('name', `must be none of ${[...taken].join(', ')}. Given: "${band.name}".`)
    }
    taken.add(band.name)
    if (band.from !== expected) {
      const problem = band.from > expected ? 'leaves a gap' : 'overlaps with the band before it'
      wrong('from', `must be ${expected}: "${band.name}" ${problem}. Given: ${band.from}.`)
    }
    if (band.to < band.from) {
      wrong(
        'to',
        `must be from ${band.from} to 100: "${band.name}" ends before it begins. Given: ${band.to}.`,
      )
    }
    if (index === bands.length - 1 && band.to !== 100) {
      wrong('to', `must be 100, so that every score has a band. Given: ${band.to}.`)
    }
    expected = band.to + 1
  })
  return faults
}

/** Each threshold lies below the one before it, so that every grade can be reached. */
function thresholdFaults({ grade }: Policy, side: 'fit' | 'intent', keys: readonly string[]): Fault[] {
  const thresholds: Readonly<Record<string, unknown>> = grade[side]
  return keys.flatMap((key, index) => {
    const given = Number(thresholds[key])
    const above = index === 0 ? 101 : Number(thresholds[keys[index - 1] ?? ''])
    if (given >= 1 && given < above) return []
    const message = `must be from 1 to ${above - 1}: thresholds fall from ${keys[0]} to ${keys.at(-1)}. Given: ${given}.`
    return [{ path: ['grade', side, key], message }]
  })
}
