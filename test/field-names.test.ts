import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldKey, snakeCase } from '../src/field-names.ts'

test.each([
  ['Lead ID', 'lead_id', 'lead_id'],
  [' created-at ', 'created_at', 'created_at'],
  ['NumberOfEmployees', 'numberofemployees', 'number_of_employees'],
  ['HTTPStatus', 'httpstatus', 'http_status'],
  ['hs_v2_date', 'hs_v2_date', 'hs_v2_date'],
  ['Country/Region (code)?', 'country/region_(code)?', 'country_region_code'],
  ['Größe des Teams', 'größe_des_teams', 'größe_des_teams'],
  ['\u00a0a\t\n-b', 'a_b', 'a_b'],
  ['%', '%', ''],
])('%j has the key %j and is %j in snake_case', (name, key, snake) => {
  expect([fieldKey(name), snakeCase(name)]).toEqual([key, snake])
})

test('both leave what they have made as it is', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(fieldKey(fieldKey(name))).toBe(fieldKey(name))
      expect(snakeCase(snakeCase(name))).toBe(snakeCase(name))
    }),
  )
})
