/** The `when` of a rule as written in YAML, checked and compiled to closures once. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { DAY, HOUR, MINUTE } from '../glossary.ts'
import {
  accountTraitField,
  comparison,
  derivedField,
  type Field,
  knowledge,
  traitField,
} from './comparison.ts'
import { allOf, anyOf, type Condition, notOf } from './condition.ts'
import { eventCount } from './event-count.ts'
import { type NamedLists, OPERATORS } from './operators.ts'
import { DERIVED_FIELDS, type DerivedField } from './subject-view.ts'

const WINDOW = /^([1-9]\d{0,4})([dhm])$/
const UNITS: Readonly<Record<string, number>> = { d: DAY, h: HOUR, m: MINUTE }

/** One shape for every kind of condition, so that a misspelt field is named; what goes together is checked below. */
const fields = {
  trait: z.string().min(1).optional(),
  account_trait: z.string().min(1).optional(),
  derived: z.enum(Object.keys(DERIVED_FIELDS) as DerivedField[]).optional(),
  event: z.string().min(1).optional(),
  known: z.boolean().optional(),
  where: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean()], 'must be text, a number, true or false'),
    )
    .optional(),
  within: z.string().regex(WINDOW, 'must be days, hours or minutes, such as 14d, 12h or 30m').optional(),
}
const operands: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  OPERATORS.map(({ name, operand }) => [name, operand.optional()]),
)

export type WrittenCondition = z.infer<z.ZodObject<typeof fields>> & {
  readonly all?: readonly WrittenCondition[] | undefined
  readonly any?: readonly WrittenCondition[] | undefined
  readonly not?: WrittenCondition | undefined
  readonly [operator: string]: unknown
}

export const conditionSchema: z.ZodType<WrittenCondition> = z.lazy(() =>
  strictFields({
    all: z.array(conditionSchema).min(1).optional(),
    any: z.array(conditionSchema).min(1).optional(),
    not: conditionSchema.optional(),
    ...fields,
    ...operands,
  }),
)

type Path = Fault['path']

interface CompileContext {
  readonly lists: NamedLists
  fail(path: Path, message: string): never
}

const KINDS = ['all', 'any', 'not', 'trait', 'account_trait', 'derived', 'event'] as const
const EVENT_FIELDS = ['event', 'where', 'within', 'at_least', 'at_most']

/** Fails where fields do not belong together, a list does not exist, or a count is none. */
export function compileCondition(written: WrittenCondition, path: Path, context: CompileContext): Condition {
  const kind = onlyOne(written, KINDS, path, context)
  switch (kind) {
    case 'all':
    case 'any': {
      refuseOthers(written, [kind], path, context)
      const parts = (written[kind] ?? []).map((part, index) =>
        compileCondition(part, [...path, kind, index], context),
      )
      return kind === 'all' ? allOf(parts) : anyOf(parts)
    }
    case 'not':
      refuseOthers(written, [kind], path, context)
      return notOf(compileCondition(written.not ?? {}, [...path, 'not'], context))
    case 'event':
      refuseOthers(written, EVENT_FIELDS, path, context)
      return compileEventCount(written, path, context)
    case 'trait':
      return compileComparison(written, kind, traitField(written.trait ?? ''), path, context)
    case 'account_trait':
      return compileComparison(written, kind, accountTraitField(written.account_trait ?? ''), path, context)
    case 'derived':
      return compileComparison(written, kind, derivedField(written.derived as DerivedField), path, context)
  }
}

function compileComparison(
  written: WrittenCondition,
  kind: string,
  field: Field,
  path: Path,
  context: CompileContext,
): Condition {
  const names = [...OPERATORS.map(({ name }) => name), 'known']
  refuseOthers(written, [kind, ...names], path, context)
  const name = onlyOne(written, names, path, context)
  const operator = OPERATORS.find((each) => each.name === name)
  if (!operator) return knowledge(field, written.known === true)
  const operand = written[name]
  if (operator.usesList && !Object.hasOwn(context.lists, String(operand))) {
    const allowed = Object.keys(context.lists).sort().join(', ') || 'none, there are no lists'
    context.fail([...path, name], `must be the name of a list: ${allowed}. Given: "${operand}".`)
  }
  return comparison(field, operator, operand, context.lists)
}

function compileEventCount(written: WrittenCondition, path: Path, context: CompileContext): Condition {
  const bound = (name: 'at_least' | 'at_most', otherwise: number): number => {
    const given = written[name] ?? otherwise
    if (typeof given === 'number' && given >= 0 && (given === otherwise || Number.isInteger(given)))
      return given
    return context.fail([...path, name], `must be a whole number from 0 on. Given: ${given}.`)
  }
  // `event: unsubscribed` alone means at least once; `at_most: 3` alone includes never.
  const atLeast = bound('at_least', written.at_most === undefined ? 1 : 0)
  const atMost = bound('at_most', Number.POSITIVE_INFINITY)
  if (atLeast > atMost) {
    context.fail([...path, 'at_most'], `must be at least at_least, which is ${atLeast}. Given: ${atMost}.`)
  }
  const [, amount = '', unit = ''] = WINDOW.exec(written.within ?? '') ?? []
  return eventCount({
    type: written.event ?? '',
    where: written.where ?? {},
    within: written.within === undefined ? null : Number(amount) * (UNITS[unit] ?? Number.NaN),
    withinText: written.within,
    atLeast,
    atMost,
  })
}

function given(written: WrittenCondition): readonly string[] {
  return Object.keys(written).filter((name) => written[name] !== undefined)
}

function onlyOne<Name extends string>(
  written: WrittenCondition,
  allowed: readonly Name[],
  path: Path,
  context: CompileContext,
): Name {
  const names = given(written)
  const [first, second] = allowed.filter((name) => names.includes(name))
  const message = `must have exactly one of ${allowed.join(', ')}. Given: ${names.join(', ') || 'nothing'}.`
  if (first === undefined) return context.fail(path, message)
  if (second !== undefined) return context.fail([...path, second], message)
  return first
}

function refuseOthers(
  written: WrittenCondition,
  allowed: readonly string[],
  path: Path,
  context: CompileContext,
): void {
  const other = given(written).find((name) => !allowed.includes(name))
  if (other === undefined) return
  context.fail([...path, other], `does not go with ${allowed[0]}; allowed: ${allowed.join(', ')}.`)
}
