/** How figures and lines stand in reports for the terminal. */

/** 0.1234 as 12.3 %; a dash where it is not defined. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '-'
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`))
}
