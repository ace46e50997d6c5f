/** How figures and lines stand in reports for the terminal. */

/** 0.1234 as 12.3 %; a dash where it is not defined. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-'
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
}

/** A dash where it is not defined. */
export function fixed(value: number | null, digits: number): string {
  return value === null ? '-' : value.toFixed(digits)
}

/** 0.812 (0.790 to 0.834). */
export function withInterval(
  value: number | null,
  interval: readonly [number, number] | null,
  digits = 3,
): string {
  if (value === null) return '-'
  if (interval === null) return value.toFixed(digits)
  return `${value.toFixed(digits)} (${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)})`
}
