/** A small models folder of its own for a test, which may edit it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tinyDefinition } from './artifacts.ts'

export interface TestModelsFolder {
  readonly path: string
  write(file: string, text: string): void
  remove(): void
}

export const TEST_POLICY = `decided_by: conversion
bands:
  - { name: cold, from: 0, to: 49, action: nurture, respond_within: null }
  - { name: hot, from: 50, to: 100, action: call, respond_within: PT1H }
verdicts:
  disqualified: { action: do not contact, respond_within: null }
  review: { action: complete the data, respond_within: P2D }
  unscored: { action: none, respond_within: null }
`

const GUARDRAILS = `rules:
  - id: objection
    owner: data protection
    reason: Has objected to being contacted.
    when: { trait: consent, equals: objected }
    then: disqualify
  - id: competitor
    owner: marketing operations
    reason: Works for a competitor.
    when: { derived: mail_domain, domain_in_list: competitors }
    then: disqualify
`

const RUBRIC = `base_points: 30
rules:
  - { column: employees, at_least: 50, points: 20 }
  - { column: pricing_page_viewed.count, at_least: 2, points: 25 }
`

export function createModelsFolder(): TestModelsFolder {
  const path = mkdtempSync(join(tmpdir(), 'wonlost-models-'))
  mkdirSync(join(path, 'lists'))
  const write = (file: string, text: string): void => writeFileSync(join(path, file), text)
  write('policy.yaml', TEST_POLICY)
  write('guardrails.yaml', GUARDRAILS)
  write('rubric.yaml', RUBRIC)
  write('conversion.yaml', tinyDefinition('conversion'))
  write('lists/competitors.txt', 'rival.example\n')
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) }
}
