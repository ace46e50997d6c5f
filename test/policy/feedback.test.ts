import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parsePolicy } from '../../src/policy/policy.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

const SHIPPED = readFileSync(new URL('../../models/policy.yaml', import.meta.url), 'utf8')

test('the shipped reasons are those of a policy that says nothing of feedback', () => {
  const { feedback } = parsePolicy(SHIPPED, 'policy.yaml')
  const none = parsePolicy(TEST_POLICY, 'policy.yaml').feedback
  expect(feedback.rejection_reasons).toEqual(none.rejection_reasons)
  expect([none.hand_off, none.response_events]).toEqual([undefined, []])
})

test.each([
  ['rejection_reasons: [{ name: a, label: A }, { name: a, label: B }]', 'feedback.rejection_reasons[1].name'],
  ['rejection_reasons: []', 'feedback.rejection_reasons'],
  ['rejection_reasons: [{ name: "<b>", label: A }]', 'feedback.rejection_reasons[0].name'],
  ['hand_off: boiling', 'feedback.hand_off'],
  ['labels: 1', 'feedback.labels'],
])('refuses %s, with its place', (line, field) => {
  const parse = () => parsePolicy(`${TEST_POLICY}feedback:\n  ${line}\n`, 'policy.yaml')
  expect(parse).toThrow(
    expect.objectContaining({ code: 'policy_invalid', place: expect.objectContaining({ field }) }),
  )
})
