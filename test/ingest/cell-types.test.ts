import { describe, expect, test } from 'vitest'
import { CellFault } from '../../src/ingest/cell-fault.ts'
import {
  type CellFormat,
  type CellRules,
  type CellType,
  PLAIN_FORMAT,
  readCell,
} from '../../src/ingest/cell-types.ts'
import { openZone } from '../../src/ingest/local-zone.ts'
import { createTimeReader, PLAIN_TIME_FORMATS } from '../../src/ingest/time-formats.ts'

const NOW = Date.UTC(2026, 10, 21)

const read = (
  type: CellType,
  cell: string,
  rules: CellRules = {},
  format: CellFormat = PLAIN_FORMAT,
): unknown => {
  const value = readCell(type, cell, rules, NOW, format)
  return value instanceof CellFault ? `fault: ${value.reason}` : value
}

test.each<[CellType, string, unknown]>([
  ['id', '  l_1 ', 'l_1'],
  ['id', '   ', null],
  ['text', '=HYPERLINK("x")', '=HYPERLINK("x")'],
  ['text', 'مرحبا \u202E🙂', 'مرحبا \u202E🙂'],
  ['time', '2026-01-31T09:30:00+01:00', Date.UTC(2026, 0, 31, 8, 30)],
  ['time', '2026-11-21T00:00:00Z', NOW],
  ['number', '-1.5e3', -1500],
  ['flag', 'Yes', true],
  ['flag', '0', false],
  ['flag', 't', true],
  ['flag', 'FALSCH', false],
  ['list', 'a; b;;a', ['a', 'b']],
  ['list', ' ["a;b", 1, true, null, "a;b"] ', ['a;b', '1', 'true']],
  ['list', '[]', []],
  ['list', '[a];b', ['[a]', 'b']],
  ['list', '[["a"]]', ['[["a"]]']],
  ['range_middle', '51-200', 101],
  ['salesforce_id', '00Q5g00000KmDtE', '00Q5g00000KmDtEEAV'],
  ['salesforce_id', '000000000000000AAA', null],
  ['salesforce_ids', '00Q5g00000KmDtE;00Q5g00000KmDtEEAV', ['00Q5g00000KmDtEEAV']],
  ['value', '42', 42],
  ['value', '-0.5', -0.5],
  ['value', '00123', '00123'],
  ['value', '1e5', '1e5'],
  ['value', '12345678901234567890', '12345678901234567890'],
  ['value', 'TRUE', true],
  ['value', 'false', false],
  ['value', 'null', 'null'],
  [
    'stages',
    'a@b@2026-01-01T00:00Z; won@2026-01-02T00:00Z',
    [
      ['a@b', Date.UTC(2026, 0, 1)],
      ['won', Date.UTC(2026, 0, 2)],
    ],
  ],
])('%s %j is %j', (type, cell, value) => {
  expect(read(type, cell)).toEqual(value)
})

test.each<[CellType, string, RegExp]>([
  ['id', 'x'.repeat(256), /256 characters; at most 255/],
  ['id', 'a\nb', /control characters/],
  ['text', 'a\0b', /NUL/],
  ['text', 'x'.repeat(65_537), /at most 65536/],
  ['time', '2026-01-31', /no time zone/],
  ['time', '2026-01-31 10:00:00', /no time zone/],
  ['time', '31.01.2026', /not a time/],
  ['time', '2026-02-30T00:00:00Z', /not a time/],
  ['time', '2026-11-21T00:00:00.001Z', /future/],
  ['time', '1969-12-31T23:59:59Z', /before/],
  ['number', 'NaN', /not a number/],
  ['number', 'Infinity', /not a number/],
  ['number', '1,000', /not a number/],
  ['number', '0x10', /not a number/],
  ['range_middle', 'many', /not a range/],
  ['number', '9'.repeat(101), /not a number/],
  ['salesforce_id', '00Q5g00000KmDtEEAA', /not an id of Salesforce/],
  ['salesforce_ids', '00Q5g00000KmDtE;no', /"no" is not an id of Salesforce/],
  ['number', '1e400', /out of range/],
  ['flag', 'maybe', /neither true nor false/],
  ['list', Array.from({ length: 1_001 }, (_, i) => i).join(';'), /1001 items/],
  ['properties', '{"a":', /not JSON/],
  ['properties', '[1]', /JSON object/],
  ['properties', '{"a":NaN}', /not JSON/],
  ['properties', '{"a":{"b":["\\u0000"]}}', /NUL/],
  ['properties', '{"a":"\\ud83d"}', /half a character/],
  ['properties', '{"\\u0000":1}', /NUL/],
  ['properties', '{"a":1e400}', /out of range/],
  ['properties', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, /nested/],
  ['stages', 'won', /stage@time/],
  ['stages', 'won@yesterday', /not a time/],
])('%s %j is refused', (type, cell, reason) => {
  expect(read(type, cell)).toMatch(/^fault: /)
  expect(read(type, cell)).toMatch(reason)
})

describe('rules of a column', () => {
  test('bounds are inclusive', () => {
    const rules = { min: 0, max: 10 }
    expect([read('number', '0', rules), read('number', '10', rules)]).toEqual([0, 10])
    expect(read('number', '10.01', rules)).toMatch(/0 to 10 is allowed/)
    expect(read('number', '-0.01', rules)).toMatch(/out of range/)
  })

  test('choices do not mind the case, and are named', () => {
    const rules = { choices: ['won', 'lost'] }
    expect(read('choice', 'Won', rules)).toBe('won')
    expect(read('choice', 'maybe', rules)).toMatch(/"maybe" is not one of won, lost/)
  })

  test('properties keep their text, and a pair of surrogates is a character', () => {
    expect(read('properties', ' {"a": "\\ud83d\\ude42"} ')).toEqual({
      text: '{"a": "\\ud83d\\ude42"}',
      object: { a: '🙂' },
    })
  })
})

describe('a file that writes in its own way', () => {
  const german: CellFormat = {
    times: createTimeReader(PLAIN_TIME_FORMATS, openZone('Europe/Berlin')),
    day: 'end',
    decimal: ',',
    divider: '|',
  }

  test('numbers, also in traits of no stated type, lists and stages', () => {
    expect(read('number', '1.234,5', {}, german)).toBe(1234.5)
    expect(read('number', '1,234.5', {}, german)).toMatch(/write it like 1234,5 or 1.234,5/)
    expect([read('value', '1,5', {}, german), read('value', '1.5', {}, german)]).toEqual([1.5, '1.5'])
    // Otherwise a trait would be a number up to 999, and a text from then on.
    expect(['1.234', '-12.345.678,9', "1'234"].map((text) => read('value', text, {}, german))).toEqual([
      1234, -12_345_678.9, 1234,
    ])
    expect(
      ['1.23', '0.123', '1234.567', '1.234.56', "1'234.567"].map((text) => read('value', text, {}, german)),
    ).toEqual(['1.23', '0.123', '1234.567', '1.234.56', "1'234.567"])
    const english: CellFormat = { ...german, decimal: '.' }
    expect([read('value', '1,234.5', {}, english), read('value', '030 123 456', {}, english)]).toEqual([
      1234.5,
      '030 123 456',
    ])
    expect(read('value', '1,234')).toBe('1,234')
    expect(read('list', 'a;b | c', {}, german)).toEqual(['a;b', 'c'])
    expect(read('stages', 'won@2026-01-31T12:00', {}, german)).toEqual([['won', Date.UTC(2026, 0, 31, 11)]])
  })

  test('the end of a day is its last millisecond in the zone, and never later than now', () => {
    expect(read('time', '2026-11-19', {}, german)).toBe(Date.UTC(2026, 10, 19, 23) - 1)
    // It is 1 a.m. in Berlin.
    expect(read('time', '2026-11-21', {}, german)).toBe(NOW)
    expect(read('time', '2026-11-22', {}, german)).toMatch(/in the future/)
    expect(read('time', '2026-11-21', {}, { ...german, day: 'start' })).toBe(Date.UTC(2026, 10, 20, 23))
  })
})
