import { expect, it } from 'vitest'
import { randomIntegers } from '../../../training/random.ts'
import { fitTable } from '../../../training/table/fit-table.ts'

/** Two rows a person; honest columns, one of which has a name that gives the outcome away elsewhere. */
function people(count: number): Uint8Array {
  const next = randomIntegers(5)
  const lines = Array.from({ length: count }, (_, i) => {
    const size = next(100)
    const won = next(100) < 20 + size / 2
    return `${9_000 + i},Person${i >> 1}@Acme.example,${size},${size < 50 ? 'low' : 'high'},${won ? 'yes' : 'no'}`
  })
  return new TextEncoder().encode(['number,mail,size,lead_rating,won', ...lines].join('\n'))
}

const options = { target: 'won', exclude: [], learner: 'logistic', seed: 7, folds: 2 }
const told = async (more: { readonly id?: string }) => {
  const { audit } = await fitTable(people(600), 'people.csv', { ...options, ...more }, () => {})
  return audit.findings.map(({ severity, id, column, figure }) => [
    severity,
    id,
    column,
    figure?.value ?? null,
  ])
}

it('says which columns are identifiers or named like an outcome, and which rows belong together', async () => {
  const named = ['look', 'outcome_name', 'lead_rating', null]
  const number = ['note', 'identifier', 'number', null]
  expect(await told({})).toEqual([named, ['look', 'shared_contacts', 'mail', 1], number])
  expect(await told({ id: 'mail' })).toEqual([named, number])
})
