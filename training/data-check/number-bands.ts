/** Numbers in bands that people read at a glance. */
import { numberText } from '../../src/features/wording.ts'

/** Upper ends of the bands of company size, as most statistics of companies cut it. */
const EMPLOYEES = [10, 50, 200, 1_000, 5_000] as const

/** Beyond this digits are lost. */
const LARGEST = 1e15

/** `employees`: 11-50, 51-200...; other numbers: 1, 2, 5 times a power of ten: 20-49, 1,000-1,999. */
export function numberBand(trait: string, value: number): string {
  if (trait === 'employees') return employeesBand(value)
  if (value < 0) return 'below 0'
  if (value >= LARGEST) return `${numberText(LARGEST)} and more`
  if (value < 1) return value === 0 ? '0' : 'between 0 and 1'
  const low = lowerEnd(value)
  const next = lowerEnd(low * 2.5)
  return next - low <= 1 ? numberText(low) : `${numberText(low)}-${numberText(next - 1)}`
}

/** In the order of size; what is none of these bands comes last. */
export function employeesBandPlace(band: string): number {
  const place = EMPLOYEES_BANDS.indexOf(band)
  return place < 0 ? EMPLOYEES_BANDS.length : place
}

const EMPLOYEES_BANDS: readonly string[] = [
  ...EMPLOYEES.map((end, place) => `${numberText((EMPLOYEES[place - 1] ?? 0) + 1)}-${numberText(end)}`),
  `over ${numberText(EMPLOYEES.at(-1) ?? 0)}`,
]

function employeesBand(value: number): string {
  if (!(value > 0)) return 'none'
  const place = EMPLOYEES.findIndex((end) => value <= end)
  return EMPLOYEES_BANDS[place < 0 ? EMPLOYEES.length : place] ?? 'none'
}

/** The largest of 1, 2, 5 times a power of ten that is not above the value. Decimal text keeps powers exact. */
function lowerEnd(value: number): number {
  const power = Number(`1e${Math.floor(Math.log10(value) + 1e-12)}`)
  const step = [5, 2, 1].find((times) => times * power <= value) ?? 1
  return step * power
}
