/** Segments as a definition names them: parts of the population that a model of their own may score. Plain, as the YAML has it. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { outcomeFieldReason } from '../outcome-fields.ts'
import { countryCodeOf } from './country-code.ts'
import { MAIL_DOMAIN_KINDS } from './mail-domains.ts'
import { normaliseText } from './text.ts'
import { DEPARTMENTS, SENIORITIES } from './titles.ts'

/** What is worked out from traits, and the values that there are; null: any country. */
const DERIVED = {
  seniority: SENIORITIES,
  department: DEPARTMENTS,
  mail_domain_kind: MAIL_DOMAIN_KINDS,
  country_code: null,
} as const satisfies Readonly<Record<string, readonly string[] | null>>

export type SegmentField = keyof typeof DERIVED

const FIELDS = Object.keys(DERIVED) as [SegmentField, ...SegmentField[]]
const SUBJECTS = ['trait', 'account_trait', 'derived'] as const

const traitName = z.string().trim().min(1).max(200)

const conditionSchema = strictFields({
  /** Of the lead. */
  trait: traitName.optional(),
  /** Of its account. */
  account_trait: traitName.optional(),
  derived: z.enum(FIELDS).optional(),
  /** Text is compared without regard to case; of a trait that is a list, one of its entries is enough. */
  one_of: z
    .array(z.union([z.string().trim().min(1).max(200), z.number(), z.boolean()]))
    .min(1)
    .max(1_000),
})

/** What stands for all leads where a segment is asked for: no segment may have the name. */
export const EVERYONE = 'everyone'

const segmentSchema = strictFields({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9_-]{0,63}$/,
      'must be of lower-case letters, digits, _ and -, and begin with a letter',
    ),
  /** All of them must hold. */
  when: z.array(conditionSchema).min(1).max(20),
})

export const segmentsSchema = z.array(segmentSchema).max(100)

export type SegmentCondition = Readonly<z.output<typeof conditionSchema>>

export interface Segment {
  readonly name: string
  readonly when: readonly SegmentCondition[]
}

/** Copies, in the words of the YAML. */
export function segmentsToPlain(segments: readonly Segment[]): z.output<typeof segmentsSchema> {
  return segments.map(({ name, when }) => ({
    name,
    when: when.map((condition) => ({ ...condition, one_of: [...condition.one_of] })),
  }))
}

/** What the schema cannot tell: names that are there twice, conditions on nothing or on two things, values that never come. */
export function segmentFaults(segments: readonly Segment[]): Fault[] {
  return segments.flatMap(({ name, when }, place) => {
    if (name === EVERYONE)
      return [
        { path: ['segments', place, 'name'], message: `must be another name: "${EVERYONE}" is every lead.` },
      ]
    const other = segments.findIndex((one) => one.name === name)
    const twice =
      other < place
        ? [{ path: ['segments', place, 'name'], message: `segments[${other}] is called ${name} too.` }]
        : []
    return [...twice, ...when.flatMap((one, i) => conditionFaults(one, ['segments', place, 'when', i]))]
  })
}

function conditionFaults(condition: SegmentCondition, path: readonly PropertyKey[]): Fault[] {
  const given = SUBJECTS.filter((subject) => condition[subject] !== undefined)
  const [subject] = given
  if (subject === undefined || given.length > 1) {
    const message = `needs exactly one of: ${SUBJECTS.join(', ')}. Given: ${given.join(', ') || 'none'}.`
    return [{ path, message }]
  }
  if (subject === 'derived') return valueFaults(condition.derived!, condition.one_of, [...path, 'one_of'])
  const name = condition[subject]!
  const reason = outcomeFieldReason(name)
  if (reason === null) return []
  const message = `"${name}" ${reason}. Who is in a segment must be known before the outcome.`
  return [{ path: [...path, subject], message }]
}

function valueFaults(
  field: SegmentField,
  values: SegmentCondition['one_of'],
  path: readonly PropertyKey[],
): Fault[] {
  const allowed: readonly string[] | null = DERIVED[field]
  return values.flatMap((value, place) => {
    const isKnown =
      typeof value === 'string' &&
      (allowed === null ? countryCodeOf(value) !== undefined : allowed.includes(normaliseText(value)))
    if (isKnown) return []
    const told = allowed === null ? 'a country, such as DE or Germany' : `one of ${allowed.join(', ')}`
    return [{ path: [...path, place], message: `must be ${told}. Given: ${JSON.stringify(value)}.` }]
  })
}
