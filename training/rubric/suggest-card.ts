/** `wonlost rubric suggest`: a card's points from history, and both cards judged on what came later. Writes nothing. */
import { WonlostError } from '../../src/errors.ts'
import type { Definition } from '../../src/features/definition.ts'
import { defineRegistry } from '../../src/features/registry.ts'
import { formatTime, type Milliseconds, type ReportProgress } from '../../src/glossary.ts'
import { loadRubric } from '../../src/scoring/load-model.ts'
import { fitToCard, rubricFor, withCardHalfLives } from '../../src/scoring/rubric.ts'
import { type RubricCard, readCard } from '../../src/scoring/rubric-card.ts'
import { auc, prepareAuc } from '../../src/statistics/auc.ts'
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts'
import { onProbabilityScale } from '../baselines.ts'
import { countRows } from '../count-rows.ts'
import { assessRows, type DividedRows } from '../divide-rows.ts'
import { countOutcomes, tooLittleData } from '../enough-data.ts'
import { compareLosses } from '../gate/compare-losses.ts'
import { artifactColumns } from '../learners/predictor.ts'
import { rawScoresOf } from '../predictions.ts'
import { randomIntegers } from '../random.ts'
import type { RecordSource } from '../record-source.ts'
import type { RubricSuggestion } from '../report/rubric-suggestion.ts'
import { buildMatrices, collectRows, type Row, recordsOf } from '../rows.ts'
import { fitVocabularies } from '../vocabularies.ts'
import { candidatesFor } from './candidates.ts'
import { cardText, ruleText } from './card-text.ts'
import { mostOf, type SuggestedPoints, type SuggestedRule, suggestPoints } from './suggest-points.ts'

/** More landmarks than that change no rounded points: of more, a sample of the accounts. */
const MOST_LANDMARKS = 400_000

/**
 * Points are learned from what was known when the calibration part begins; that part puts both cards on the probability scale, and the test
 * part judges them. Where the history cannot be divided, from all of it, and nothing is judged.
 * Throws `rubric_invalid`, and `too_little_data` with fewer outcomes than a model needs.
 */
export async function suggestCard(
  all: RecordSource,
  definition: Definition,
  { text, file }: { readonly text: string; readonly file: string },
  { cutoff, report }: { readonly cutoff: Milliseconds; readonly report?: ReportProgress },
): Promise<RubricSuggestion> {
  const old = rubricFor(definition, text, file)
  const { card } = readCard(text, file)
  const limit = { most: MOST_LANDMARKS, seed: definition.seed }
  const collected = await collectRows(all, definition, cutoff, { limit })
  const records = recordsOf(collected, all)
  const { shortage, divided } = assessRows(collected, cutoff)
  if (shortage?.of === 'outcomes') throw tooLittleData(shortage, collected.landmarks)
  const parts = shortage ? null : divided
  const learning = parts?.learning ?? collected.rows.filter((row) => row.usable)
  const learnedUntil = parts?.split.parts.calibrate.startsAt ?? cutoff

  const suggested = await pointsFrom(records, learning, definition, card, report)
  if (suggested.rules.every(({ points, isUnknown }) => points === 0 && !isUnknown)) {
    const message = `History says nothing of any rule of ${file}: no attribute gets there more or less often than chance explains.`
    throw new WonlostError('too_little_data', message)
  }
  const yaml = cardText(text, suggested, learnedUntil)
  const suggestedCard = rubricFor(definition, yaml, file)
  const outcomes = countOutcomes(learning)
  return {
    format: 'wonlost.rubric_suggestion',
    format_version: 1,
    model: definition.name,
    cutoff: formatTime(cutoff),
    learned_until: formatTime(learnedUntil),
    rows: learning.length,
    accounts: countRows(learning).accounts,
    subjects: { reached: outcomes.reached, not_reached: outcomes.notReached },
    average: suggested.average,
    base_points: { old: card.base_points, new: suggested.base },
    rules: suggested.rules.map(toldRule),
    judged: parts
      ? await judgeCards(records, parts, definition.seed, { old, new: suggestedCard })
      : 'The history is too short to be cut into parts in order of time: nothing judges whether the new card is better.',
    yaml,
  }
}

/** By rows of the columns that the card speaks of, and of those it could. */
async function pointsFrom(
  records: RecordSource,
  learning: readonly Row[],
  definition: Definition,
  card: RubricCard,
  report: ReportProgress | undefined,
): Promise<SuggestedPoints> {
  const resolved = withCardHalfLives(definition, card)
  const found = await fitVocabularies(records, defineRegistry(resolved), learning)
  const registry = fitToCard(resolved, card, found)
  const { matrix } = await buildMatrices(records, registry, { matrix: learning }, report)
  const candidates = candidatesFor(registry.columns, card.rules)
  return suggestPoints(matrix, artifactColumns(registry.columns), { card: card.rules, candidates })
}

async function judgeCards(
  records: RecordSource,
  { parts, split }: DividedRows,
  seed: number,
  cards: Readonly<Record<'old' | 'new', ReturnType<typeof rubricFor>>>,
): Promise<RubricSuggestion['judged']> {
  const judge = async (card: ReturnType<typeof rubricFor>) => {
    const { registry, predictor } = loadRubric(card)
    const { calibrate, test } = await buildMatrices(records, registry, {
      calibrate: parts.calibrate,
      test: parts.test,
    })
    const points = rawScoresOf(predictor, test)
    // Of the points: a card that ranks the wrong way round has no line, and all its probabilities are the base rate.
    const measure = prepareAuc(points, test.labels)
    const auc_interval = bootstrapInterval(measure, test.groups, { nextInteger: randomIntegers(seed) })
    const probability = onProbabilityScale(rawScoresOf(predictor, calibrate), calibrate.labels)
    return { test, probabilities: points.map(probability), auc: auc(points, test.labels), auc_interval }
  }
  const [old, suggested] = [await judge(cards.old), await judge(cards.new)]
  const compared = compareLosses(suggested.probabilities, old.probabilities, old.test, seed)
  return {
    since: formatTime(split.parts.test.startsAt),
    rows: compared.rows,
    accounts: compared.accounts,
    old: { auc: old.auc, auc_interval: old.auc_interval, log_loss: compared.other },
    new: { auc: suggested.auc, auc_interval: suggested.auc_interval, log_loss: compared.own },
    difference: compared.difference,
    interval: compared.interval,
  }
}

function toldRule({ rule, isNew, isUnknown, points, evidence, mayBeChance }: SuggestedRule) {
  const { accounts, rate, interval, weight, expected } = evidence
  return {
    rule: ruleText(rule),
    accounts,
    rate: accounts === 0 ? null : rate,
    interval: accounts === 0 ? null : interval,
    expected,
    weight_of_evidence: weight,
    old: isNew ? null : mostOf(rule),
    new: isUnknown ? null : points,
    may_be_chance: mayBeChance,
  }
}
