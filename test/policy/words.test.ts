/** The sections `wording` and `actionable`: what they may say is checked when the file is read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WonlostError } from '../../src/errors.ts'
import { fillFirst } from '../../src/explain/fill-template.ts'
import { parsePolicy } from '../../src/policy/policy.ts'
import { PLACEHOLDERS, parseTemplate } from '../../src/wording-template.ts'
import { POLICY } from '../scoring/fixture.ts'

function faultOf(more: string): string {
  try {
    parsePolicy(`${POLICY}\n${more}`, 'policy.yaml')
  } catch (error) {
    if (error instanceof WonlostError && error.code === 'policy_invalid') return error.message
    throw error
  }
  throw new Error('the policy was accepted')
}

const first = POLICY.split('\n').length + 1

describe('wording and actionable', () => {
  it.each([
    [
      'wording: { features: { visits: "{coun} visits" } }',
      'wording.features.visits',
      'unknown placeholder {coun}; allowed: {text}',
    ],
    [
      'wording: { features: { visits: ["{count}", "{ago:day}"] } }',
      'wording.features.visits[1]',
      'only counts have one. Given: {ago:day}',
    ],
    [
      'wording: { groups: { visits: "{count visits" } }',
      'wording.groups.visits',
      'has a "{" without its other half',
    ],
    [
      'wording: { groups: { visits: "count} visits" } }',
      'wording.groups.visits',
      'has a "}" without its other half',
    ],
    [
      'wording: { groups: { visits: 3 } }',
      'wording.groups.visits',
      'must be a template of 1 to 300 characters',
    ],
    ['wording: { groups: { visits: [] } }', 'wording.groups.visits', 'must not be empty'],
    ['wording: { feature: { visits: x } }', 'wording.feature', 'did you mean "features"?'],
    [
      'actionable: [{ label: x }]',
      'actionable[0]',
      'needs exactly one of: event, trait, account_trait. Given: none',
    ],
    [
      'actionable: [{ event: a, trait: b, value: c, label: x }]',
      'actionable[0].trait',
      'Given: event, trait',
    ],
    ['actionable: [{ event: a, value: c, label: x }]', 'actionable[0].value', 'must be left out'],
    ['actionable: [{ account_trait: a, label: x }]', 'actionable[0]', 'value is required'],
    [
      'actionable: [{ event: a, label: x }, { event: a, label: y }]',
      'actionable[1].event',
      'is actionable[0] once more',
    ],
    ['actionable: [{ event: a }]', 'actionable[0].label', 'is required'],
  ])('%s is refused', (text, field, message) => {
    const fault = faultOf(text)
    expect(fault).toContain(`policy.yaml:${first}: ${field}: `)
    expect(fault).toContain(message)
  })

  it('may both be left out, or empty', () => {
    const nothing = { wording: { features: {}, groups: {} }, actionable: [] }
    expect(parsePolicy(POLICY, 'policy.yaml')).toMatchObject(nothing)
    expect(parsePolicy(`${POLICY}\nwording: {}\nactionable: []`, 'policy.yaml')).toMatchObject(nothing)
  })

  it('gives back text without placeholders as it is, and fills every placeholder', () => {
    const names = Object.keys(PLACEHOLDERS)
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...names.map((name) => `{${name}}`)))),
        (parts) => {
          const text = parts
            .map((part) => (names.includes(part.slice(1, -1)) ? part : part.replace(/[{}]/g, '')))
            .join('')
          const parsed = parseTemplate(text)
          if (!('template' in parsed)) throw new Error(parsed.fault)
          const told = Object.fromEntries(names.map((name) => [name, `<${name}>`]))
          expect(fillFirst([parsed.template], told)).toBe(text.replace(/\{(\w+)\}/g, '<$1>'))
          if (text.includes('{')) expect(fillFirst([parsed.template], {})).toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })

  it('takes any text for a template or says what is wrong with it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', ':', '|', 'count', 'ago', ' ', 'a') }),
        (text) => {
          const parsed = parseTemplate(text)
          if ('fault' in parsed) expect(parsed.fault).toMatch(/Given: |allowed: /)
        },
      ),
      { numRuns: 300 },
    )
  })
})
