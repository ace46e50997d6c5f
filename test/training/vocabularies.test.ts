import { describe, expect, it } from 'vitest'
import { parseDefinition } from '../../src/features/definition.ts'
import { defineRegistry } from '../../src/features/registry.ts'
import { DAY } from '../../src/glossary.ts'
import { collectRows } from '../../training/rows.ts'
import { fitVocabularies, selectVocabulary } from '../../training/vocabularies.ts'
import { account, lead, sourceOf, trait } from './records.ts'

describe('selectVocabulary', () => {
  const counts = new Map([
    ['b', 5],
    ['a', 5],
    ['c', 9],
    ['rare', 2],
  ])
  it('orders by frequency, then by name, and drops what is rare', () => {
    expect(selectVocabulary(counts, { minimumCount: 3, maximumSize: 10 })).toEqual(['c', 'a', 'b'])
    expect(selectVocabulary(counts, { minimumCount: 5, maximumSize: 2 })).toEqual(['c', 'a'])
    expect(selectVocabulary(counts, { minimumCount: 10, maximumSize: 2 })).toEqual([])
  })
})

describe('fitVocabularies', () => {
  const definition = parseDefinition(
    `
name: small
description: A small definition.
entity: lead
population: leads
pipeline: new_business
target: won
horizon: 30d
entry_delay: 1h
landmarks: [entry, 7d, 14d]
learner: logistic
seed: 1
vocabulary: { minimum_count: 2, maximum_size: 10 }
features:
  - category: { trait: source, label: source }
`,
    'small.yaml',
  )

  it('counts subjects, not rows, and only what was known at the rows it is given', async () => {
    const born = 1_000 * DAY
    const records = sourceOf([
      account([
        lead('l1', born, { traits: [trait('source', 'webinar', born)] }),
        lead('l2', born, { traits: [trait('source', 'event', born)] }),
        lead('l3', born, {
          traits: [trait('source', 'event', born), trait('source', 'webinar', born + 10 * DAY)],
        }),
        lead('l4', born, { traits: [trait('source', 'webinar', born + 20 * DAY)] }),
      ]),
    ])
    const { rows } = await collectRows(records, definition, born + 1_000 * DAY)
    const registry = defineRegistry(definition)
    // webinar: l1 at three rows, l3 at its last one; l4 learned of it too late. event: l2, l3.
    expect(await fitVocabularies(records, registry, rows)).toEqual({ source: ['event', 'webinar'] })
    const early = rows.filter((row) => row.day < 14)
    expect(await fitVocabularies(records, registry, early)).toEqual({ source: ['event'] })
  })
})
