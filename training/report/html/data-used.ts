/** What it learned from, and what was left out and why. */
import { numberText as count } from '../../../src/features/wording.ts'
import { percent } from '../figures.ts'
import type { TrainingReport } from '../model-report.ts'
import { html, type Markup } from './markup.ts'
import { paragraph, type Section, table, timeMarkup } from './parts.ts'

const PARTS = {
  fit: 'fit: weights and trees',
  validate: 'validate: learner, strength, number of trees',
  calibrate: 'calibrate: probabilities',
  test: 'test: every figure of this report',
} as const

export function dataSection(report: TrainingReport): Section {
  const { horizon_days: horizon, population, pipeline, target, cutoff, learned_from: learned, refit } = report
  const asked = `Population ${population}, pipeline ${pipeline}, target ${target}${horizon === null ? '' : ` within ${count(horizon)} days`}. Nothing`
  return {
    id: 'data',
    title: 'The data',
    body: [
      html`<p>${asked} after ${timeMarkup(cutoff)} was known.</p>`,
      paragraph(
        `The figures are of a model that learned from ${count(learned.rows)} rows of ${count(learned.subjects)} subjects in ${count(learned.accounts)} accounts; ${count(learned.positives)} rows reached the target. ${
          refit
            ? 'The model that serves was fitted once more, on all usable rows.'
            : 'The model that serves is that one: it was not fitted again.'
        }`,
      ),
      partTable(report),
      leftOutTable(report),
    ],
  }
}

function partTable({ parts }: TrainingReport): Markup {
  return table(
    [
      { title: 'part' },
      { title: 'from' },
      { title: 'until' },
      { title: 'rows', isFigure: true },
      { title: 'subjects', isFigure: true },
      { title: 'accounts', isFigure: true },
      { title: 'reached', isFigure: true },
    ],
    parts.map(({ name, from, until, rows, subjects, accounts, positives }) => [
      PARTS[name],
      from.slice(0, 10),
      until.slice(0, 10),
      count(rows),
      count(subjects),
      count(accounts),
      percent(positives / rows),
    ]),
    'Four parts in order of time; no account is in two',
  )
}

function leftOutTable({ landmarks, left_out: leftOut, sampled }: TrainingReport): Markup {
  const rows: (readonly [string, number, string])[] = [
    ['used', landmarks.usable, 'the horizon has elapsed, the outcome is known'],
    [
      'left out: target reached',
      landmarks.target_reached,
      'the landmark lies after it: there is nothing left to predict',
    ],
    ['left out: lost', landmarks.lost, 'the landmark lies after a loss'],
    [
      'left out: too recent',
      landmarks.not_elapsed,
      'the horizon has not elapsed: quick wins would count, slow losses not',
    ],
    ['left out: not known yet', landmarks.not_known, 'nobody knew of the lead then'],
    [
      'in no part: label crosses a boundary',
      leftOut.label_crosses_boundary,
      'the outcome came to be known after the part ended',
    ],
    [
      'in no part: account on another side',
      leftOut.account_on_other_side,
      'a colleague stands in another part',
    ],
  ]
  const sample: (readonly [string, number, string])[] = sampled
    ? [
        [
          'not looked at',
          sampled.of_landmarks - sampled.landmarks,
          `the limit is ${count(sampled.most)} landmarks: ${count(sampled.accounts)} of ${count(sampled.of_accounts)} accounts were drawn`,
        ],
      ]
    : []
  return table(
    [{ title: 'landmarks' }, { title: 'number', isFigure: true }, { title: 'why' }],
    [...rows, ...sample].map(([name, number, why]) => [name, count(number), why]),
    'Scheduled landmarks, and what became of them',
  )
}
