import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLegalForm } from '../../../src/ingest/merging/companies.ts'
import { compareNames, foldName } from '../../../src/ingest/merging/names.ts'
import { mailBox, toPerson } from '../../../src/ingest/merging/person.ts'
import { isRoleAddress } from '../../../src/ingest/merging/role-addresses.ts'

test.each([
  [' Dr. Søren  O’Brien-GARCÍA ', 'soren obrien garcia'],
  ['Straße', 'strasse'],
  ['Łukasz', 'lukasz'],
  ['中村', '中村'],
  ['!?', ''],
])('%j is folded to %j', (text, folded) => {
  expect(foldName(text)).toBe(folded)
})

test.each([
  ['Müller', 'MUELLER', 'same'],
  ['Muller', 'Mueller', 'same'],
  ['Hoffmann', 'Hofmann', 'near'],
  ['Lukas', 'Lkuas', 'near'],
  ['Schmidt', 'Schmitt', 'near'],
  ['Jansen', 'Jensen', 'near'],
  ['Ada', 'Adda', 'near'],
  ['Zimmermann', 'Zimemrmann', 'near'],
  ['Jan', 'Jana', 'different'],
  ['Paul', 'Paula', 'different'],
  ['Maria', 'Marie', 'different'],
  ['Jan', 'Jon', 'different'],
  ['Mina', 'Nina', 'different'],
  ['Anna', 'A.', 'initial'],
  ['Anna', 'B', 'different'],
  ['Hans', 'Hans Peter', 'part'],
  ['', 'Anna', 'unknown'],
])('%j and %j: %s', (a, b, likeness) => {
  expect(compareNames(foldName(a), foldName(b))).toBe(likeness)
  expect(compareNames(foldName(b), foldName(a))).toBe(likeness)
})

test('likeness does not depend on which of the two is asked about', () => {
  const name = fc.string({ unit: fc.constantFrom(...'aenrx '), maxLength: 7 }).map(foldName)
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(compareNames(a, b)).toBe(compareNames(b, a))
    }),
  )
})

test.each([
  [{ last_name: ['Müller'], email: ['anna.mueller@acme.com'] }, 'anna', 'muller'],
  [{ last_name: ['Müller'], email: ['mueller_anna7@acme.com'] }, 'anna', 'muller'],
  [{ last_name: ['Müller'], email: ['amueller@acme.com'] }, 'a', 'muller'],
  [{ last_name: ['Müller'], email: ['anna@acme.com'] }, 'anna', 'muller'],
  [{ first_name: ['Anna'], email: ['awagner@acme.com'] }, 'anna', 'wagner'],
  [{ first_name: ['Anna'], email: ['anna@acme.com'] }, 'anna', ''],
  [{ email: ['anna.wagner+x@acme.com'] }, 'anna', 'wagner'],
  [{ email: ['info@acme.com'] }, '', ''],
  [{ name: ['Anna Maria Wagner'] }, 'anna maria', 'wagner'],
  [{ first_name: ['Anna'], last_name: ['Wagner', 'Müller'], email: ['x.y@acme.com'] }, 'anna', 'wagner'],
])('the name of %j', (traits, first, last) => {
  expect(toPerson('l', null, 0, traits)).toMatchObject({ first, last })
})

test('a box has its mail whatever stands after a plus, and at Gmail whatever dots', () => {
  expect(['a.b+c@gmail.com', 'ab@googlemail.com', 'a.b+c@acme.com'].map(mailBox)).toEqual([
    'ab@gmail.com',
    'ab@gmail.com',
    'a.b@acme.com',
  ])
  expect(['info@x.de', 'sales2+eu@x.de', '12345@x.de', 'anna@x.de'].map(isRoleAddress)).toEqual([
    true,
    true,
    true,
    false,
  ])
})

test.each([
  ['Müller & Sons GmbH & Co. KG', 'muller and sons', 'kg'],
  ['ACME, Inc.', 'acme', 'inc'],
  ['Acme Corporation', 'acme', 'inc'],
  ['Acme B.V.', 'acme', 'bv'],
  ['Acme Sp. z o.o.', 'acme', 'spzoo'],
  ['Acme Pty. Ltd.', 'acme', 'pty'],
  ['Acme', 'acme', ''],
  ['AG', 'ag', ''],
])('%j is %j with the legal form %j', (text, name, legalForm) => {
  expect(splitLegalForm(text)).toEqual({ name, legalForm })
})
