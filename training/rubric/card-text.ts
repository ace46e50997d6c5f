/** The card with other points, as YAML: order, half-lives, reasons and comments of people stay; what was, and why it changes, stands beside. */
import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { numberText } from '../../src/features/wording.ts'
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import type { CardRule } from '../../src/scoring/rubric-card.ts'
import { percent } from '../report/figures.ts'
import { mostOf, type SuggestedPoints, type SuggestedRule } from './suggest-points.ts'

/** Points for a unit are whole and half ones where that changes them by no more than a tenth. */
const EACH_UNIT = 0.5
const MOST_CHANGE = 0.1

/** @param text Of the card that the rules were read from; those it has stand first among them. */
export function cardText(text: string, { base, rules }: SuggestedPoints, learnedUntil: Milliseconds): string {
  const document = parseDocument(text)
  const written = document.get('rules') as YAMLSeq<YAMLMap>
  const leftOut: string[] = []
  /** Headings of sections that stood above rules which are left out: the next rule takes them. */
  let above: string[] = []
  const items: YAMLMap[] = []
  const take = (node: YAMLMap, suggested: SuggestedRule): void => {
    if (above.length > 0) node.commentBefore = above.join('\n')
    above = []
    node.comment = withNote(node.comment, noteOf(suggested))
    items.push(node)
  }
  for (const [index, suggested] of rules.filter(({ isNew }) => !isNew).entries()) {
    const node = written.items[index]!
    if (node.commentBefore) above.push(node.commentBefore)
    if (suggested.points === 0 && !suggested.isUnknown) {
      leftOut.push(` ${ruleText(suggested.rule)}: ${noteOf(suggested)}`)
      continue
    }
    for (const [field, points] of Object.entries(pointsOf(suggested))) node.set(field, points)
    take(node, suggested)
  }
  for (const [index, suggested] of rules.filter(({ isNew }) => isNew).entries()) {
    const node = document.createNode({ ...suggested.rule, ...pointsOf(suggested) }, { flow: true }) as YAMLMap
    if (index === 0) {
      above.push(' New')
      node.spaceBefore = true
    }
    take(node, suggested)
  }
  written.items = items
  if (leftOut.length > 0) above.push(' Left out, for history says nothing of them:', ...leftOut)
  if (above.length > 0) written.comment = above.join('\n')
  document.set('base_points', base)
  document.delete('learned_until')
  const fields = (document.contents as YAMLMap).items
  const place = fields.findIndex(({ key }) => String(key) === 'rules')
  fields.splice(
    place,
    0,
    document.createPair('learned_until', formatTime(learnedUntil)) as (typeof fields)[number],
  )
  return document.toString({ lineWidth: 0 })
}

/** What people wrote beside a rule stays; a note of an earlier suggestion goes. */
function withNote(comment: string | null | undefined, note: string): string {
  const [written = ''] = (comment ?? '').split(' | ')
  const isOurs = written === '' || /^ (?:was -?[\d.e+-]+|new|as it was)[;: ]/.test(written)
  return isOurs ? ` ${note}` : `${written} | ${note}`
}

/** The fields of a rule that change. As many units lead to the most as before. */
function pointsOf({ rule: { each, up_to: upTo = 1 }, points, isUnknown }: SuggestedRule): Partial<CardRule> {
  if (isUnknown) return {}
  if (each === undefined) return { points }
  return { each: Math.sign(points) * roundedEach(Math.abs((each / upTo) * points)), up_to: points }
}

/** Else two digits: half a point for one of a hundred page views would reach the most after a few. */
function roundedEach(size: number): number {
  const rounded = Math.round(size / EACH_UNIT) * EACH_UNIT
  return Math.abs(rounded - size) <= MOST_CHANGE * size ? rounded : Number(size.toPrecision(2))
}

function noteOf({ rule, isNew, isUnknown, mayBeChance, evidence }: SuggestedRule): string {
  const { accounts, rate, interval, expected } = evidence
  if (isUnknown) return `as it was: too little data, ${numberText(accounts)} accounts`
  const was = rule.each === undefined ? `was ${mostOf(rule)}` : `was ${rule.each} up to ${rule.up_to}`
  const seen = `${percent(rate)} of ${numberText(accounts)} accounts (${(100 * interval[0]).toFixed(1)} to ${(100 * interval[1]).toFixed(1)})`
  if (isNew) return `new; ${seen}, where the other rules say ${percent(expected)}`
  return `${was}; ${seen}${mayBeChance ? ', perhaps by chance' : ''}`
}

/** `employees at least 50`, `industry software or media`, `pricing_page_viewed.decayed, each`. */
export function ruleText({ and = [], ...rule }: CardRule): string {
  const conditions = [rule, ...and].map(({ column, at_least: least, at_most: most, one_of: oneOf }) => {
    if (oneOf !== undefined) return `${column} ${oneOf.join(' or ')}`
    if (least !== undefined) return `${column} at least ${least}`
    return most === undefined ? `${column}, each` : `${column} at most ${most}`
  })
  return conditions.join(', and ')
}
