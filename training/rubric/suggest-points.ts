/**
 * Points for the rules of a card, from what became of those for whom they hold. Attributes go together (who looks at prices also looks at
 * pages), and their weights of evidence would count that twice: the sum of all weights is put through Platt's line, and its slope shrinks
 * every one of them alike. What is new to the card is weighed against what the card says already, the surest first, so that it gets
 * points only for what it adds. On this scale 10 points double the odds and 50 are the average, as they do for a model.
 */
import type { RubricArtifact } from '../../src/model/artifact.ts'
import { AVERAGE_POINTS, logit, pointsOf, sigmoid } from '../../src/model/link.ts'
import { compileRules } from '../../src/model/rubric-rules.ts'
import { artifactRule } from '../../src/scoring/rubric.ts'
import type { CardRule } from '../../src/scoring/rubric-card.ts'
import { calibrationLine } from '../../src/statistics/calibration-line.ts'
import { falseDiscoveryRates } from '../../src/statistics/false-discoveries.ts'
import type { Matrix } from '../matrix.ts'
import { type Evidence, LEAST_ACCOUNTS, type Outcomes, weighEvidence, weighOutcomes } from './evidence.ts'
import { relativesOf } from './nested-rules.ts'

/** Of what is new to the card, about so much is nothing. */
const FALSE_DISCOVERIES = 0.05
/** More than that nobody reads. */
const MOST_NEW = 20

export interface SuggestedRule {
  /** As it stands in the card, or as it could stand there. */
  readonly rule: CardRule
  readonly isNew: boolean
  readonly evidence: Evidence
  /** At most; those of now where too little is known. 0: it says nothing. */
  readonly points: number
  /** Too few accounts: the card's own points stay. */
  readonly isUnknown: boolean
  /** The interval of the rate holds what was expected: chance alone may have done it. */
  readonly mayBeChance: boolean
}

export interface SuggestedPoints {
  readonly base: number
  /** The rules of the card in their order, then what is new, the surest first. */
  readonly rules: readonly SuggestedRule[]
  /** Weighted rate of the target. */
  readonly average: number
}

/** A rule with its weight in log-odds. */
interface Weighed extends Omit<SuggestedRule, 'points'> {
  readonly weight: number
  readonly shares: Float64Array
}

/**
 * @param columns Of the matrix.
 * @param asked Rules of the card, and others that it could have, all of whose columns there are. Both outcomes must occur.
 */
export function suggestPoints(
  matrix: Matrix,
  columns: RubricArtifact['columns'],
  asked: { readonly card: readonly CardRule[]; readonly candidates: readonly CardRule[] },
): SuggestedPoints {
  const outcomes = weighOutcomes(matrix.labels, matrix.groups)
  const { average } = outcomes
  let weighed = weighCard(asked.card, sharesOf(matrix, columns, asked.card), outcomes)
  let line = addUp(weighed, outcomes)
  const open = asked.candidates.map((rule, index) => ({ rule, index }))
  const shares = sharesOf(matrix, columns, asked.candidates)
  while (open.length > 0 && weighed.length < asked.card.length + MOST_NEW) {
    const expected = line.logOdds.map(sigmoid)
    const found = open.map(({ index }) => weighEvidence(shares[index]!, outcomes, expected))
    const place = surest(found)
    if (place === null) break
    const [{ rule, index }] = open.splice(place, 1) as [{ rule: CardRule; index: number }]
    const evidence = found[place]!
    const added = {
      rule,
      evidence,
      shares: shares[index]!,
      isNew: true,
      isUnknown: false,
      mayBeChance: false,
    }
    // The weight is beside what the others say: on the scale of their line.
    weighed = [...weighed, { ...added, weight: evidence.weight / line.slope }]
    line = addUp(weighed, outcomes)
  }
  return {
    base: rounded(AVERAGE_POINTS + pointsOf(line.intercept - logit(average))),
    average,
    rules: weighed
      .map(({ weight, shares: _, ...one }) => ({
        ...one,
        points: one.isUnknown ? mostOf(one.rule) : rounded(pointsOf(line.slope * weight)),
      }))
      .filter(({ isNew, points }) => !isNew || points !== 0),
  }
}

/** What a rule gives at most. */
export function mostOf({ points, up_to: upTo }: CardRule): number {
  return points ?? upTo ?? 0
}

/** Without -0. */
function rounded(points: number): number {
  return Math.round(points) + 0
}

/** Each rule by itself against the average; of rules within each other, the stricter against the looser. */
function weighCard(
  rules: readonly CardRule[],
  shares: readonly Float64Array[],
  outcomes: Outcomes,
): Weighed[] {
  const evidence = shares.map((own) => weighEvidence(own, outcomes))
  const relatives = rules.map((_, index) => relativesOf(rules, index))
  // Of those who meet no stricter rule.
  const apart = shares.map((own, index) => {
    const stricter = relatives[index]!.stricter.filter((other) => evidence[other]!.accounts >= LEAST_ACCOUNTS)
    if (stricter.length === 0) return evidence[index]!
    const isMet = (row: number): boolean => stricter.some((other) => shares[other]![row]! > 0)
    return weighEvidence(
      own.map((share, row) => (isMet(row) ? 0 : share)),
      outcomes,
    )
  })
  const isKnown = (index: number): boolean => apart[index]!.accounts >= LEAST_ACCOUNTS
  return rules.map((rule, index) => {
    const looser = relatives[index]!.looser.find(isKnown)
    const [low, high] = apart[index]!.interval
    const compared = looser === undefined ? outcomes.average : apart[looser]!.rate
    const before = looser === undefined ? 0 : apart[looser]!.weight
    return {
      rule,
      isNew: false,
      evidence: evidence[index]!,
      isUnknown: !isKnown(index),
      mayBeChance: isKnown(index) && low <= compared && compared <= high,
      weight: isKnown(index) ? apart[index]!.weight - before : 0,
      shares: shares[index]!,
    }
  })
}

/** Platt's line through the sum of the weights. Where none rises (all got there as the sum says, without a mistake) they stay as they are. */
function addUp(
  weighed: readonly Weighed[],
  { labels, weights, average }: Outcomes,
): { readonly slope: number; readonly intercept: number; readonly logOdds: Float64Array } {
  const sums = new Float64Array(labels.length)
  for (const { weight, shares } of weighed)
    if (weight !== 0)
      for (let row = 0; row < sums.length; row++) sums[row] = sums[row]! + weight * shares[row]!
  const line = calibrationLine(sums, labels, weights)
  const { slope, intercept } = line.slope > 0 ? line : { slope: 1, intercept: logit(average) }
  return { slope, intercept, logOdds: sums.map((sum) => slope * sum + intercept) }
}

/** The place of what is least likely to be nothing; null where all may be. */
function surest(found: readonly Evidence[]): number | null {
  const pValues = found.map(({ accounts, pValue }) => (accounts >= LEAST_ACCOUNTS ? pValue : 1))
  const rates = falseDiscoveryRates(pValues)
  const place = pValues.indexOf(Math.min(...pValues))
  return rates[place]! <= FALSE_DISCOVERIES ? place : null
}

/** How much of each rule each row has. */
function sharesOf(
  { rowCount, data }: Matrix,
  columns: RubricArtifact['columns'],
  rules: readonly CardRule[],
): Float64Array[] {
  return compileRules({ columns, rules: rules.map(artifactRule) }).map(({ share }) =>
    Float64Array.from({ length: rowCount }, (_, row) => share(data, row * columns.length)),
  )
}
