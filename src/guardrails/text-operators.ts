/** Operators on text (and on each entry of a list of text), and on values as such. */
import { z } from 'zod'
import { type Accepts, defineOperator, type Operator } from './operator.ts'
import { comparisonKey } from './reading.ts'

const scalar = z.union([z.string().min(1), z.number(), z.boolean()], 'must be text, a number, true or false')
const text = z.string().trim().min(1).max(1_000)
const texts = z.union(
  [text, z.array(text).min(1).max(1_000)],
  'must be text that is not empty, or a list of such texts',
)
type Scalar = z.infer<typeof scalar>

export const TEXT_OPERATORS: readonly Operator[] = [
  defineOperator({
    name: 'equals',
    operand: scalar,
    compile: (operand) => isOneOf(keysOf([operand])),
    needs: (operand) => ({ kind: 'value', keys: keysOf([operand]) }),
    words: () => '',
    examples: (operand) => spellingsOf(operand),
    isEquality: true,
    readsLists: true,
  }),
  defineOperator({
    name: 'one_of',
    operand: z.array(scalar).min(1),
    compile: (operand) => isOneOf(keysOf(operand)),
    needs: (operand) => ({ kind: 'value', keys: keysOf(operand) }),
    words: (operand) => `one of ${operand.join(', ')}`,
    examples: (operand) => operand.flatMap(spellingsOf),
    isEquality: true,
    readsLists: true,
  }),
  defineOperator({
    name: 'all_of',
    operand: z.array(scalar).min(1),
    compile: (operand) => {
      const keys = new Set(operand.map(comparisonKey))
      return (reading) => reading.hasAll(keys)
    },
    needs: (operand) => ({ kind: 'value', keys: new Set([comparisonKey(operand[0]!)]) }),
    words: (operand) => `with all of ${operand.join(', ')}`,
    examples: (operand) => operand,
    isEquality: true,
    readsLists: true,
  }),
  lookingInto('contains', (part) => (found) => found.includes(part)),
  lookingInto('has_word', hasWord),
  lookingInto('starts_with', (part) => (found) => found.startsWith(part)),
  lookingInto('ends_with', (part) => (found) => found.endsWith(part)),
  // Wildcards, not regular expressions: of those some take for ever.
  lookingInto('matches', matches),
]

/** `name: TEXT`, or a list of texts of which one is enough. */
function lookingInto(name: string, compile: (part: string) => (found: string) => boolean): Operator {
  return defineOperator({
    name,
    operand: texts,
    compile: (operand) => {
      const tests = [operand].flat().map((part) => compile(part.toLowerCase()))
      const [only] = tests
      if (only && tests.length === 1) return (reading) => reading.someText(only)
      const some = (found: string): boolean => tests.some((test) => test(found))
      return (reading) => reading.someText(some)
    },
    words: (operand) =>
      `${name.replaceAll('_', ' ')} ${[operand]
        .flat()
        .map((part) => `"${part}"`)
        .join(' or ')}`,
    examples: () => null,
    readsLists: true,
  })
}

/** Nothing that is a letter or a digit stands on either side: "intern" is a word of "Sales Intern", not of "International". */
function hasWord(word: string): (found: string) => boolean {
  return (found) => {
    for (let at = found.indexOf(word); at >= 0; at = found.indexOf(word, at + 1)) {
      if (!endsInWord(found.slice(0, at)) && !beginsWithWord(found.slice(at + word.length))) return true
    }
    return false
  }
}

function endsInWord(before: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before.slice(-2))
}

function beginsWithWord(after: string): boolean {
  return /^[\p{L}\p{N}]/u.test(after.slice(0, 2))
}

/** The whole text, where `*` stands for any text. Linear: each part is looked for once, from the end of the one before it. */
function matches(pattern: string): (found: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  return (found) => {
    if (last === undefined) return found === first
    if (found.length < first.length + last.length || !found.startsWith(first) || !found.endsWith(last))
      return false
    const until = found.length - last.length
    let at = first.length
    for (const part of rest) {
      const next = found.indexOf(part, at)
      if (next < 0 || next + part.length > until) return false
      at = next + part.length
    }
    return true
  }
}

function isOneOf(keys: ReadonlySet<string>): Accepts {
  return (reading) => reading.isOneOf(keys)
}

function keysOf(operands: readonly Scalar[]): ReadonlySet<string> {
  return new Set(operands.flatMap(spellingsOf).map(comparisonKey))
}

/** true and false also as the text or number that features read as one: a form that sends "yes" must not slip past a rule. */
function spellingsOf(operand: Scalar): readonly Scalar[] {
  if (typeof operand !== 'boolean') return [operand]
  return operand ? [true, 'true', 'yes', '1', 1] : [false, 'false', 'no', '0', 0]
}
