import { describe, expect, it } from 'vitest'
import { definitionFromPlain, definitionToPlain } from '../../src/features/definition.ts'
import { decayingFeatures, withHalfLives } from '../../src/features/half-lives.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { DAY } from '../../src/glossary.ts'
import { WORLD_DEFINITION } from '../training/world.ts'

const open = definitionFromPlain({
  ...definitionToPlain(WORLD_DEFINITION),
  features: [
    { behaviour: { event: 'a', label: 'a' } },
    { behaviour: { event: 'b', label: 'b', half_life: 'learned', name: 'bees' } },
    { behaviour: { event: 'c', label: 'c', half_life: '14d' } },
    { behaviour: { event: 'd', label: 'd', measures: ['count'] } },
  ],
})

describe('half-lives of a definition', () => {
  it('are learned unless pinned, and only what decays has one', () => {
    expect(decayingFeatures(open).map(({ name, halfLife }) => [name, halfLife])).toEqual([
      ['a', null],
      ['bees', null],
      ['c', 14 * DAY],
    ])
    expect(definitionFromPlain(definitionToPlain(open))).toEqual(open)
  })

  it('must be there before rows are computed', () => {
    const unresolved = expect.objectContaining({
      code: 'half_life_not_learned',
      place: { field: 'features.bees.half_life' },
      message: expect.stringMatching(/half-life of bees is learned .* event: b, .*half_life: 14d/),
    })
    const onlyA = withHalfLives(open, ({ event }) => (event === 'a' ? 3.5 * DAY : null))
    expect(() => fitRegistry(defineRegistry(onlyA), {})).toThrow(unresolved)
    const all = withHalfLives(onlyA, () => 20 * DAY)
    expect(fitRegistry(defineRegistry(all), {}).columns).toHaveLength(16)
    expect(all.features.map(({ options }) => options['half_life'])).toEqual(['84h', '20d', '14d', 'learned'])
  })
})
