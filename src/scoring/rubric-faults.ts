/** What is wrong with a card, told with the columns and half-lives of the definition that it is for. */
import { type Fault, suggestion } from '../checked-yaml.ts'
import type { Column } from '../features/column.ts'
import type { Definition } from '../features/definition.ts'
import { formatDuration } from '../features/duration.ts'
import { type DecayingFeature, decayingFeatures } from '../features/half-lives.ts'
import type { CardCondition, CardRule, RubricCard } from './rubric-card.ts'

/** @param columns Of `reference`, the definition with all features. */
export function cardFaults(card: RubricCard, columns: readonly Column[], reference: Definition): Fault[] {
  const decaying = decayingFeatures(reference)
  return [
    ...halfLifeFaults(card, decaying, reference.name),
    ...card.rules.flatMap((rule, index) => [
      ...ruleFaults(rule, ['rules', index], columns, reference.name),
      ...ruleHalfLifeFaults(rule, index, card, decaying, reference.name),
    ]),
  ]
}

function halfLifeFaults(
  { half_lives: halfLives }: RubricCard,
  decaying: readonly DecayingFeature[],
  name: string,
): Fault[] {
  const events = decaying.map(({ event }) => event)
  return Object.keys(halfLives)
    .filter((event) => !events.includes(event))
    .map((event) => {
      const message = `no behaviour of ${name} decays by "${event}"${suggestion(event, events)}; allowed: ${events.join(', ')}.`
      return { path: ['half_lives', event], message }
    })
}

/** A card that says one half-life and goes by another would lie. */
function ruleHalfLifeFaults(
  { column, half_life: given }: CardRule,
  index: number,
  { half_lives: halfLives, rules }: RubricCard,
  decaying: readonly DecayingFeature[],
  name: string,
): Fault[] {
  if (given === undefined) return []
  const told = (message: string): Fault[] => [{ path: ['rules', index, 'half_life'], message }]
  const feature = decaying.find((one) => `${one.name}.decayed` === column)
  if (!feature) {
    const allowed = decaying.map((one) => `${one.name}.decayed`).join(', ')
    return told(`is for columns that decay: ${allowed || 'none'}. Given: "${column}".`)
  }
  const others = [
    [`${name} pins it at`, feature.halfLife],
    [`half_lives.${feature.event} says`, halfLives[feature.event]],
    [
      'another rule on the column says',
      rules.slice(0, index).find((rule) => rule.column === column && rule.half_life !== undefined)?.half_life,
    ],
  ] as const
  const [who, other] = others.find(([, halfLife]) => (halfLife ?? given) !== given) ?? []
  return who === undefined
    ? []
    : told(
        `must be one for "${column}": ${who} ${formatDuration(other ?? 0)}. Given: ${formatDuration(given)}.`,
      )
}

function ruleFaults(
  rule: CardRule,
  path: readonly PropertyKey[],
  columns: readonly Column[],
  name: string,
): Fault[] {
  const { each, up_to: upTo, points } = rule
  const others = (rule.and ?? []).flatMap((one, k) =>
    conditionFaults(one, [...path, 'and', k], columns, name, true),
  )
  const own = conditionFaults(rule, path, columns, name, each === undefined)
  if (own.length > 0 || others.length > 0) return [...own, ...others]
  const told = (field: string, message: string): Fault[] => [{ path: [...path, field], message }]
  if (each === undefined) {
    if (upTo !== undefined) return told('up_to', 'goes with each: so many points a unit, up to so many.')
    return points === undefined
      ? [{ path, message: 'needs points, or each with up_to. Given: neither.' }]
      : []
  }
  const column = columns.find((one) => one.name === rule.column)
  if (column?.kind !== 'number')
    return told('each', `is for columns of numbers; "${rule.column}" is a ${column?.kind}.`)
  if (points !== undefined) return told('points', 'does not go with each, which has up_to. Given: both.')
  if (upTo === undefined)
    return told('each', 'needs up_to: the most points that it may come to. Given: none.')
  if (!(each * upTo > 0))
    return told('up_to', `must be of the sign of each, and neither 0. Given: ${each} and ${upTo}.`)
  return []
}

/** @param isNeeded false: `each` stands for the condition, and there must be none. */
function conditionFaults(
  condition: CardCondition,
  path: readonly PropertyKey[],
  columns: readonly Column[],
  name: string,
  isNeeded: boolean,
): Fault[] {
  const column = columns.find((one) => one.name === condition.column)
  if (!column) {
    const names = columns.map((one) => one.name)
    const message = `must be a column of ${name}${suggestion(condition.column, names)}: ${names.join(', ')}. Given: "${condition.column}".`
    return [{ path: [...path, 'column'], message }]
  }
  const given = (['at_least', 'at_most', 'one_of'] as const).filter((one) => condition[one] !== undefined)
  if (!isNeeded) {
    const [extra] = given
    if (extra === undefined) return []
    const message = 'does not go with each, which counts all of the column. Ask for it under "and".'
    return [{ path: [...path, extra], message }]
  }
  const allowed = column.kind === 'category' ? ['one_of'] : ['at_least', 'at_most']
  const [first] = given
  if (first && given.length === 1 && allowed.includes(first)) return []
  const message = `"${column.name}" needs exactly one of: ${allowed.join(', ')}. Given: ${given.join(', ') || 'none'}.`
  return [{ path: [...path, given.find((one) => !allowed.includes(one)) ?? 'column'], message }]
}
