/** Operators on named lists and on countries. */
import { z } from 'zod'
import { withoutMark } from '../mail-providers.ts'
import { defineOperator, listFault, type Operator, type OperatorContext } from './operator.ts'
import { type CountryReader, comparisonKey } from './reading.ts'

const listName = z.string().min(1)
const countries = z.array(z.string().min(1)).min(1).max(300)

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const TWO_LETTERS = LETTERS.flatMap((one) => LETTERS.map((other) => `${one}${other}`))

/** Kept for as long as the lists are: many rules may name one list. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()
const domainSets = new WeakMap<readonly string[], ReadonlySet<string>>()

export const LIST_OPERATORS: readonly Operator[] = [
  listOperator('in_list', true),
  listOperator('not_in_list', false),
  defineOperator({
    name: 'domain_in_list',
    operand: listName,
    fault: listFault,
    // mail.rival.example belongs to rival.example; notrival.example does not.
    compile: (operand, context) => {
      const entries = domainsOf(operand, context)
      return (reading) => {
        const { domains } = reading
        for (let i = 0; i < domains.length; i++) if (entries.has(domains[i]!)) return true
        return false
      }
    },
    needs: (operand, context) => ({ kind: 'domain', keys: domainsOf(operand, context) }),
    words: (operand) => `which is on the list ${operand}`,
    examples: (operand, { lists }) =>
      // A sub-domain that no rule and no list names.
      (lists[operand] ?? []).map(withoutMark).flatMap((domain) => [domain, `\u0001.${domain}`]),
    readsLists: true,
  }),
  countryOperator('in_countries', true),
  countryOperator('not_in_countries', false),
]

/** On a named list, or not. Of a value that is a list itself: some entry is on it, or none is. */
function listOperator(name: string, isWanted: boolean): Operator {
  return defineOperator({
    name,
    operand: listName,
    fault: listFault,
    compile: (operand, context) => {
      const entries = entriesOf(operand, context)
      return (reading) => reading.isOneOf(entries) === isWanted
    },
    ...(isWanted
      ? {
          needs: (operand: string, context: OperatorContext) => ({
            kind: 'value' as const,
            keys: entriesOf(operand, context),
          }),
        }
      : {}),
    words: (operand) => `which is ${isWanted ? '' : 'not '}on the list ${operand}`,
    examples: (operand, { lists }) => lists[operand] ?? [],
    isEquality: isWanted,
    readsLists: true,
  })
}

/** Countries however they are written, on both sides. A value that names none is in none of them, and not outside either. */
function countryOperator(name: string, isWanted: boolean): Operator {
  return defineOperator({
    name,
    operand: countries,
    fault: (operand, { countryCodeOf }) => {
      const unknown = operand.find((country) => countryCodeOf(country) === undefined)
      return unknown === undefined
        ? null
        : `must be a list of countries, such as DE or Germany. Given: "${unknown}".`
    },
    compile: (operand, { countryCodeOf }) => {
      const codes = new Set(operand.map(countryCodeOf))
      return ({ country }) => country !== undefined && codes.has(country) === isWanted
    },
    words: (operand) => `${isWanted ? 'one of' : 'none of'} ${operand.join(', ')}`,
    examples: (_operand, { countryCodeOf }) => spellingsOf(countryCodeOf),
  })
}

const spellings = new WeakMap<CountryReader, readonly string[]>()

/** Every country once, as nobody writes it into a rule but a form may send it: with what is not seen (a word joiner) inside. */
function spellingsOf(countryCodeOf: CountryReader): readonly string[] {
  let found = spellings.get(countryCodeOf)
  if (!found) {
    const codes = TWO_LETTERS.filter((code) => countryCodeOf(code) === code)
    const odd = (code: string): string => code.split('').join('\u2060')
    found = codes.map((code) => (countryCodeOf(odd(code)) === code ? odd(code) : code))
    spellings.set(countryCodeOf, found)
  }
  return found
}

function entriesOf(name: string, { lists }: OperatorContext): ReadonlySet<string> {
  return kept(sets, lists[name] ?? [], comparisonKey)
}

/** `*.x`, `.x` and `@x` mean x and what is below it, as they do to features. */
function domainsOf(name: string, { lists }: OperatorContext): ReadonlySet<string> {
  return kept(domainSets, lists[name] ?? [], (entry) => comparisonKey(withoutMark(entry)))
}

function kept(
  by: WeakMap<readonly string[], ReadonlySet<string>>,
  list: readonly string[],
  keyOf: (entry: string) => string,
): ReadonlySet<string> {
  let entries = by.get(list)
  if (!entries) {
    entries = new Set(list.map(keyOf))
    by.set(list, entries)
  }
  return entries
}
