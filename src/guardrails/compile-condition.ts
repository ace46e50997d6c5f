/** The `when` of a rule as written in YAML, checked and compiled to closures once. */
import { z } from 'zod'
import { type Fault, strictFields } from '../checked-yaml.ts'
import { comparison, knowledge } from './comparison.ts'
import { allOf, anyOf, type Condition, notOf } from './condition.ts'
import type { Domain } from './domain.ts'
import { eventCount } from './event-count.ts'
import type { PropertyValue } from './event-query.ts'
import {
  accountTraitField,
  derivedField,
  type Field,
  gradeField,
  probabilityField,
  scoreField,
  traitField,
} from './field.ts'
import type { Lookups } from './lookups.ts'
import type { OperatorContext } from './operator.ts'
import { OPERATORS } from './operators.ts'
import { DERIVED_FIELDS, type DerivedField, GRADE_PARTS } from './subject-view.ts'
import { durationSchema, millisecondsOf } from './window.ts'

const name = z.string().min(1)
const propertyValue = z.union([z.string(), z.number(), z.boolean()])

/** One shape for every kind of condition, so that a misspelt field is named; what goes together is checked below. */
const fields = {
  trait: name.optional(),
  account_trait: name.optional(),
  derived: z.enum(Object.keys(DERIVED_FIELDS) as DerivedField[]).optional(),
  score: name.optional(),
  probability: name.optional(),
  grade: z.enum(GRADE_PARTS).optional(),
  event: z
    .union([name, z.array(name).min(1).max(1_000)], 'must be a type of event, or a list of types')
    .optional(),
  known: z.boolean().optional(),
  where: z
    .record(
      z.string(),
      z.union(
        [propertyValue, z.array(propertyValue).min(1).max(1_000)],
        'must be text, a number, true or false, or a list of these',
      ),
    )
    .optional(),
  within: durationSchema.optional(),
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

export interface CompileContext extends OperatorContext {
  readonly lookups: Lookups
  readonly derivedDomains: Readonly<Partial<Record<DerivedField, Domain>>>
  fail(path: Path, message: string): never
}

const KINDS = [
  'all',
  'any',
  'not',
  'trait',
  'account_trait',
  'derived',
  'score',
  'probability',
  'grade',
  'event',
] as const
const EVENT_FIELDS = ['event', 'where', 'within', 'at_least', 'at_most']
const VALUE_OPERATORS = [...OPERATORS.map((operator) => operator.name), 'known']

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
    default:
      return compileComparison(written, kind, fieldOf(written, kind, context), path, context)
  }
}

function fieldOf(
  written: WrittenCondition,
  kind: Exclude<(typeof KINDS)[number], 'all' | 'any' | 'not' | 'event'>,
  { derivedDomains }: CompileContext,
): Field {
  switch (kind) {
    case 'trait':
      return traitField(written.trait ?? '')
    case 'account_trait':
      return accountTraitField(written.account_trait ?? '')
    case 'derived': {
      const name = written.derived as DerivedField
      return derivedField(name, derivedDomains[name] ?? null)
    }
    case 'score':
      return scoreField(written.score ?? '')
    case 'probability':
      return probabilityField(written.probability ?? '')
    case 'grade':
      return gradeField(written.grade ?? 'pair')
  }
}

function compileComparison(
  written: WrittenCondition,
  kind: string,
  field: Field,
  path: Path,
  context: CompileContext,
): Condition {
  refuseOthers(written, [kind, ...VALUE_OPERATORS], path, context)
  const name = onlyOne(written, VALUE_OPERATORS, path, context)
  const operator = OPERATORS.find((each) => each.name === name)
  if (!operator) return knowledge(field, written.known === true, context.lookups)
  const operand = written[name]
  const fault = operator.fault(operand, context)
  if (fault !== null) context.fail([...path, name], fault)
  return comparison(field, operator, operand, context, context.lookups)
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
  const { event = [], where = {}, within } = written
  const query = {
    types: [...new Set([event].flat())],
    where: Object.entries(where).map(([property, values]): [string, PropertyValue[]] => [
      property,
      [values].flat(),
    ]),
    within: within === undefined ? null : millisecondsOf(within),
  }
  return eventCount(query, within, atLeast, atMost, context.lookups)
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
