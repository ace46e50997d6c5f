import { describe, expect, it } from 'vitest'
import { DAY, formatTime } from '../../../src/glossary.ts'
import type { RubricArtifact } from '../../../src/model/artifact.ts'
import { createPredictor } from '../../../src/model/predict.ts'
import { loadRubric } from '../../../src/scoring/load-model.ts'
import { isSameCard, rubricFor } from '../../../src/scoring/rubric.ts'
import { assessRows } from '../../../training/divide-rows.ts'
import { outlookOf } from '../../../training/outlook.ts'
import { buildMatrices, collectRows } from '../../../training/rows.ts'
import { calibrateRubric, witnesses } from '../../../training/rubric/calibrate-rubric.ts'
import { createWorld, WORLD_DEFINITION, WORLD_END, WORLD_START } from '../world.ts'

const CARD = `
base_points: 30
rules:
  - { column: pricing_page_viewed.decayed, each: 8, up_to: 24, reason: looks at prices }
  - { column: source, one_of: [partner], points: 10 }
`

const cardOf = (text: string) => rubricFor(WORLD_DEFINITION, text, 'rubric.yaml')

async function calibrate(accounts: number, card: RubricArtifact) {
  const world = createWorld(accounts, 1, 2)
  const records = {
    async *read() {
      yield* world
    },
  }
  const collected = await collectRows(records, WORLD_DEFINITION, WORLD_END)
  const options = { cutoff: WORLD_END, seed: 7 }
  return { collected, records, found: await calibrateRubric(records, collected, card, options) }
}

describe('calibrateRubric', () => {
  it('puts the line of most likelihood through all rows, and leaves the card what it is', async () => {
    const card = cardOf(CARD)
    const { collected, records, found } = await calibrate(400, card)
    if ('because' in found) throw new Error(found.because)
    const { artifact, report } = found
    expect(isSameCard(artifact, card)).toBe(true)
    expect(isSameCard(artifact, cardOf(CARD.replace('8,', '9,')))).toBe(false)
    const nothingKnown = new Float64Array(card.columns.length).fill(Number.NaN)
    expect(createPredictor(artifact).rawScore(nothingKnown)).toBe(30)

    // Independently: at the maximum the residuals sum to 0, and so do they times the points (the two score equations).
    const rows = collected.rows.filter(({ usable }) => usable)
    const { registry, predictor } = loadRubric(artifact)
    const { matrix } = await buildMatrices(records, registry, { matrix: rows })
    const width = registry.columns.length
    let [residuals, moments] = [0, 0]
    for (const [row, { label }] of rows.entries()) {
      const points = predictor.rawScore(matrix.data, row * width)
      residuals += predictor.probability(points) - label
      moments += (predictor.probability(points) - label) * points
    }
    expect(Math.abs(residuals)).toBeLessThan(1e-6)
    expect(Math.abs(moments)).toBeLessThan(1e-4)
    expect(report).toMatchObject({ rows: rows.length, learned_until: null })
    expect(report.subjects.reached).toBeGreaterThanOrEqual(40)
    expect(report.log_loss.interval![1]).toBeLessThan(0)
    const [low, high] = predictor.interval(54, predictor.probability(54))!
    expect(low).toBeLessThan(predictor.probability(54))
    expect(high).toBeGreaterThan(predictor.probability(54))
  })

  it('gives none below 40 of each, and none where the points do not tell who gets there', async () => {
    const few = await calibrate(40, cardOf(CARD))
    expect(few.found).toMatchObject({
      because: expect.stringMatching(/from 40 subjects .* there are \d+ and \d+\./),
    })
    const against = await calibrate(400, cardOf(CARD.replace('points: 10', 'points: -10')))
    expect(against.found).toMatchObject({ because: expect.stringMatching(/do not rise with the outcome/) })
  })

  it('asks only rows, and accounts, that points from outcomes have not seen', async () => {
    const until = WORLD_START + 270 * DAY
    const card = cardOf(`learned_until: ${formatTime(until)}\n${CARD}`)
    const { collected, found } = await calibrate(600, card)
    const rows = witnesses(collected, card)
    const before = new Set(collected.rows.filter(({ asOf }) => asOf < until).map(({ group }) => group))
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.every(({ asOf, group }) => asOf >= until && !before.has(group))).toBe(true)
    expect(found).toMatchObject({ report: { rows: rows.length, learned_until: formatTime(until) } })
    const late = cardOf(`learned_until: ${formatTime(WORLD_END)}\n${CARD}`)
    expect((await calibrate(600, late)).found).toMatchObject({
      because: expect.stringMatching(/there are 0 and 0 since .*, up to when its points were derived/),
    })
  })
})

describe('outlookOf', () => {
  it('says in numbers what is missing, and when it will be there at the present pace', async () => {
    const { collected } = await calibrate(40, cardOf(CARD))
    const { outcomes, shortage } = assessRows(collected, WORLD_END)
    const { reached, notReached } = outcomes
    const outlook = outlookOf(shortage!, collected.rows, outcomes, WORLD_DEFINITION, WORLD_END)
    expect(outlook.missing).toEqual({ reached: 40 - reached, notReached: Math.max(0, 40 - notReached) })
    // So many in the months since the first row whose horizon has elapsed; the others at the same pace.
    const first = Math.min(...collected.rows.filter(({ usable }) => usable).map(({ asOf }) => asOf))
    const wait = (40 / reached - 1) * (WORLD_END - 30 * DAY - first)
    expect((outlook.readyAt! - WORLD_END) / DAY).toBeCloseTo(wait / DAY, 6)
    expect(outlook.text).toMatch(
      new RegExp(
        `^A model needs ${40 - reached} more won \\(${reached} of 40\\) and .* in about \\d+ months \\(20\\d\\d-\\d\\d\\)\\.$`,
      ),
    )
  })

  it('asks for more in all where the split in time leaves too few, and for time where that is missing', () => {
    const outcomes = { reached: 53, notReached: 287 }
    const split = { of: 'outcomes_after_split', outcomes: { reached: 37, notReached: 273 } } as const
    const told = outlookOf(split, [], outcomes, WORLD_DEFINITION, WORLD_END)
    // 53 * 40 / 37 = 57.3
    expect(told.missing).toEqual({ reached: 5, notReached: 0 })
    expect(told.text).toMatch(
      /^A model needs 5 more won \(37 of 40 after the split in time\) and no more not won \(287\)\./,
    )
    const history = { of: 'history', usableRows: 900, rowsOfOneAccount: 5 } as const
    const short = outlookOf(history, [], outcomes, WORLD_DEFINITION, WORLD_END)
    expect(short.text).toMatch(/no more won \(53\) and no more not won \(287\), but a longer history\./)
  })

  it('has no pace to go by without anybody who got there, or where most were not known at the time', async () => {
    const { collected } = await calibrate(40, cardOf(CARD))
    const none = { reached: 0, notReached: 30 }
    const shortage = { of: 'outcomes', outcomes: none } as const
    const outlook = outlookOf(shortage, collected.rows, none, WORLD_DEFINITION, WORLD_END)
    expect(outlook).toMatchObject({ readyAt: null, missing: { reached: 40, notReached: 10 } })
    expect(outlook.text).toMatch(/no pace to go by yet/)
    const late = collected.rows.map((row) => ({ ...row, status: 'not_known', usable: false }) as const)
    const some = { reached: 5, notReached: 30 }
    const imported = outlookOf({ of: 'outcomes', outcomes: some }, late, some, WORLD_DEFINITION, WORLD_END)
    expect(imported.readyAt).toBeNull()
  })
})
