import { expect, test } from 'vitest'
import { parsePolicy } from '../../src/policy/policy.ts'
import { TEST_POLICY } from '../support/models-folder.ts'

test('two points of hysteresis unless the policy says otherwise', () => {
  const read = (section: string) => parsePolicy(`${TEST_POLICY}${section}`, 'policy.yaml').actions
  expect(read('')).toEqual({ hysteresis_points: 2 })
  expect(read('actions: { hysteresis_points: 0 }')).toEqual({ hysteresis_points: 0 })
  const quiet = { hysteresis_points: 2, after_new_versions: 'keep_quiet' }
  expect(read('actions: { after_new_versions: keep_quiet }')).toEqual(quiet)
  const wrong = [
    '{ after_new_versions: quiet }',
    '{ hysteresis_points: -1 }',
    '{ hysteresis_points: null }',
    '{ hysteresis: 2 }',
  ]
  for (const section of wrong)
    expect(() => read(`actions: ${section}`)).toThrow(expect.objectContaining({ code: 'policy_invalid' }))
})
