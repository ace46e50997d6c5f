/** Figures and labels in charts: English, the same on every machine. */

/** 0.1234 as 12.3 %, 0.2 as 20 %. */
export function percentText(share: number, digits = 1): string {
  return `${Number((100 * share).toFixed(digits))} %`
}

/** 0.00123 as 0.00123, 1234567 as 1.2M: four significant digits at most. */
export function shortNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(2))}M`
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`
  return String(Number(value.toPrecision(4)))
}

/** +3.2, -0.4. */
export function signed(value: number): string {
  const text = withMinus(value.toFixed(1))
  return value < 0 ? text : `+${text}`
}

/** A hyphen is too short beside figures. */
export function withMinus(text: string): string {
  return text.replace('-', '\u2212')
}

/** At most `most` letters, whole ones. */
export function shorten(text: string, most: number): string {
  const letters = Array.from(text)
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}\u2026`
}
