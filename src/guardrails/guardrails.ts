/** Guardrails: rules outside the model, as data. Parsed and compiled once, then asked for every lead. */
import { z } from 'zod'
import { type CheckedYaml, type Fault, faultsOf, readYaml, strictFields } from '../checked-yaml.ts'
import { compileCondition, conditionSchema } from './compile-condition.ts'
import type { Condition } from './condition.ts'
import { nestingFault } from './nesting.ts'
import type { NamedLists } from './operators.ts'

/** What a rule may do, strongest first. */
const RULE_ACTIONS = ['disqualify', 'review'] as const

export type RuleAction = (typeof RULE_ACTIONS)[number]

const ruleSchema = strictFields({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and -, a letter first, as in hard-bounce'),
  /** Who answers for the rule. */
  owner: z.string().min(1),
  /** For people: what sales reads. */
  reason: z.string().min(1),
  when: conditionSchema,
  // biome-ignore lint/suspicious/noThenProperty: the word of the contract; a rule is never awaited.
  then: z.enum(RULE_ACTIONS),
  /** Among rules of one action, the larger comes first. */
  priority: z.number().int().min(-1000).max(1000).default(0),
})

const guardrailsSchema = strictFields({ rules: z.array(ruleSchema) })

interface Rule {
  readonly id: string
  readonly owner: string
  readonly reason: string
  readonly action: RuleAction
  readonly priority: number
  readonly condition: Condition
}

export interface Guardrails {
  /** Strongest action first, then by priority, then as written. */
  readonly rules: readonly Rule[]
}

/**
 * Reads the rules. `lists` are the named lists they may refer to, by file name without `.txt`.
 * Throws `guardrails_invalid` with file, line and field.
 */
export function parseGuardrails(text: string, file: string, lists: NamedLists): Guardrails {
  const document: CheckedYaml = readYaml(text, file, 'guardrails_invalid')
  const tooDeep = nestingFault(document.value)
  if (tooDeep) throw document.fail([tooDeep])
  const parsed = guardrailsSchema.safeParse(document.value)
  if (!parsed.success) throw document.fail(faultsOf(parsed.error, document.value))
  const fail = (path: Fault['path'], message: string): never => document.fail([{ path, message }])
  const seen = new Map<string, number>()
  const rules = parsed.data.rules.map((written, index): Rule => {
    const { id, owner, reason, priority } = written
    const earlier = seen.get(id)
    if (earlier !== undefined) {
      fail(['rules', index, 'id'], `must be an id of its own: rules[${earlier}] is "${id}" already.`)
    }
    seen.set(id, index)
    const condition = compileCondition(written.when, ['rules', index, 'when'], { lists, fail })
    return { id, owner, reason, action: written.then, priority, condition }
  })
  const strength = (rule: Rule) => RULE_ACTIONS.indexOf(rule.action)
  return { rules: rules.sort((a, b) => strength(a) - strength(b) || b.priority - a.priority) }
}

/** All of the folder, by name. */
export function parseLists(texts: Readonly<Record<string, string>>): NamedLists {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, parseList(text)]))
}

/** A named list as it stands in its file: one entry a line; `#` begins a comment. */
export function parseList(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '')
}
