/** The tables of conversion that everybody asks for: by channel and by kind of company. */
import type { AttributeName } from './attributes.ts'
import type { Conversion, ConversionTables, ValueConversion } from './conversion.ts'
import { employeesBandPlace } from './number-bands.ts'

const SEGMENTS = [
  { name: 'channel', attribute: 'lead.source' },
  { name: 'industry', attribute: 'account.industry' },
  { name: 'employees', attribute: 'account.employees' },
  { name: 'country', attribute: 'account.country' },
] as const satisfies readonly { name: string; attribute: AttributeName }[]

export interface Segment {
  readonly name: (typeof SEGMENTS)[number]['name']
  /** Most rows first; bands of employees in their order. */
  readonly values: readonly Pick<ValueConversion, 'value' | keyof Conversion>[]
  /** Rows at whose landmark the value was not known, or is rare. */
  readonly rest: { readonly rows: number; readonly reached: number }
}

/** A value of fewer accounts could name one of them. */
const LEAST_ACCOUNTS = 5

export function segmentsOf({ all, attributes }: ConversionTables): Segment[] {
  return SEGMENTS.map(({ name, attribute }) => {
    const values = (attributes.get(attribute)?.values ?? []).filter(
      ({ accounts }) => accounts >= LEAST_ACCOUNTS,
    )
    if (name === 'employees') values.sort((a, b) => employeesBandPlace(a.value) - employeesBandPlace(b.value))
    return {
      name,
      values,
      rest: {
        rows: values.reduce((left, { rows }) => left - rows, all.rows),
        reached: values.reduce((left, { reached }) => left - reached, all.reached),
      },
    }
  })
}
