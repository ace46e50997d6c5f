/** What can be done about a lead, or asked of it: events and traits that the policy calls actionable. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'

const factName = z.string().trim().min(1).max(200)

const entrySchema = strictFields({
  /** Exactly one of these three: something that happens, or a trait of the lead or of its account with a value. */
  event: factName.optional(),
  trait: factName.optional(),
  account_trait: factName.optional(),
  value: z
    .union([z.string().min(1).max(1_000), z.number(), z.boolean(), z.array(z.string()).max(100)])
    .optional(),
  /** Completes "leads like this one with ...": "a booked meeting". */
  label: z.string().trim().min(1).max(120),
})

export const actionableSchema = z.array(entrySchema).max(50).default([])

export type Actionable = Readonly<z.infer<typeof entrySchema>>

const FACTS = ['event', 'trait', 'account_trait'] as const

export function actionableFaults(entries: readonly Actionable[]): Fault[] {
  const seen = new Map<string, number>()
  return entries.flatMap((entry, index): Fault[] => {
    const path = ['actionable', index]
    const given = FACTS.filter((name) => entry[name] !== undefined)
    if (given.length !== 1) {
      const message = `needs exactly one of: ${FACTS.join(', ')}. Given: ${given.join(', ') || 'none'}.`
      return [{ path: given[1] === undefined ? path : [...path, given[1]], message }]
    }
    const isEvent = entry.event !== undefined
    if (isEvent && entry.value !== undefined) {
      return [{ path: [...path, 'value'], message: 'must be left out: an event has no value.' }]
    }
    if (!isEvent && entry.value === undefined) {
      const message =
        'value is required: what the trait would be. Text, a number, true or false, or a list of text.'
      return [{ path, message }]
    }
    const key = JSON.stringify([entry.event, entry.trait, entry.account_trait, entry.value])
    const earlier = seen.get(key)
    seen.set(key, earlier ?? index)
    if (earlier === undefined) return []
    return [{ path: [...path, given[0]!], message: `is actionable[${earlier}] once more; name it once.` }]
  })
}
