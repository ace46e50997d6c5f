import { expect, test } from 'vitest'
import { parseDefinition } from '../../src/features/definition.ts'
import { defineRegistry, fitRegistry } from '../../src/features/registry.ts'
import { countMissing } from '../../src/scoring/missing-shares.ts'
import { WORLD_YAML } from '../training/world.ts'
import { AS_OF, definition, engine, event, loaded, logisticArtifact, records } from './fixture.ts'

test('counts columns about who a lead is, of the leads asked for, by the models that apply to them', () => {
  const forCustomers = loaded(logisticArtifact(definition('expansion', 'customers')))
  const counts = countMissing(engine([loaded(logisticArtifact()), forCustomers]))
  const asked = new Set(['l_1'])
  const visits = [event('pricing_page_viewed', 3)]
  const shapes = [
    {},
    { account: { industry: 'software' }, events: visits },
    // A category that training never saw is no value.
    { account: { industry: 'mining' } },
    { account: { employees: 12, industry: 'retail' } },
  ]
  for (const shape of shapes) counts.add(records(shape).account, asked, AS_OF)
  counts.add(records({ account: {} }).account, new Set(['l_2']), AS_OF)
  const of = (column: string, share: number) => ({ model: 'conversion', segment: '', column, share })
  expect(counts.shares()).toEqual([of('employees', 0.5), of('industry', 0.25)])
})

test('what stands in the lists of leads is no name of a column', () => {
  const given = parseDefinition(
    WORLD_YAML.replace(
      /features:.*/s,
      'features:\n  - list: { trait: technologies, of: account, label: technology }\n',
    ).replace('name: world', 'name: conversion'),
    'conversion.yaml',
  )
  const registry = fitRegistry(defineRegistry(given), { technologies: ['aws', 'ann@acme.example'] })
  const plain = loaded(logisticArtifact())
  const counts = countMissing({ ...engine(), models: [{ ...plain, registry }] })
  for (const account of [
    {},
    { technologies: ['aws'] },
    { technologies: ['aws', 'gcp'] },
    { technologies: 'x' },
  ])
    counts.add(records({ account }).account, new Set(['l_1']), AS_OF)
  expect(counts.shares()).toEqual([{ model: 'conversion', segment: '', column: 'technologies', share: 0.25 }])
})

test('of nobody there is no share', () => {
  expect(countMissing(engine()).shares()).toEqual([])
})
