import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullSalesforceId, isEmptySalesforceId } from '../../src/ingest/salesforce-id.ts'

// Published examples of Salesforce ids in both forms.
test.each([
  ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
  ['00Q5g00000KmDtE', '00Q5g00000KmDtEEAV'],
  ['500000000000000', '500000000000000AAA'],
  ['aaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaAAA'],
  ['AAAAAAAAAAAAAAA', 'AAAAAAAAAAAAAAA555'],
])('%s is %s', (short, full) => {
  expect(fullSalesforceId(short)).toBe(full)
  expect(fullSalesforceId(full)).toBe(full)
})

test.each([
  '',
  '00Q5g00000KmDt',
  '00Q5g00000KmDtEE',
  '00Q5g00000KmDtEEAA',
  // A spreadsheet has changed the case.
  '00Q5G00000KMDTEEAV',
  '00Q5g00000KmDt-',
  '00Q5g00000KmDtEEAV ',
])('%j is none', (id) => {
  expect(fullSalesforceId(id)).toBeNull()
})

test('ids that differ in case only differ in the last three characters, whatever case is lost', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9]{15}$/)
  fc.assert(
    fc.property(id, fc.nat(14), (short, at) => {
      const letter = short[at]!
      const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
      fc.pre(other !== letter)
      const changed = short.slice(0, at) + other + short.slice(at + 1)
      expect(fullSalesforceId(changed)!.toLowerCase()).not.toBe(fullSalesforceId(short)!.toLowerCase())
      expect(fullSalesforceId(changed + fullSalesforceId(short)!.slice(15))).toBeNull()
    }),
  )
})

test('exports write zeros where there is no id', () => {
  expect(['000000000000000', '000000000000000AAA', '00Q5g00000KmDtE', ''].map(isEmptySalesforceId)).toEqual([
    true,
    true,
    false,
    false,
  ])
})
