/** Figures drawn with characters, for the terminal. */

const EIGHTHS = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** A bar from the left, `width` characters for `most`; at least a sliver for what is more than 0. */
export function bar(value: number, most: number, width: number): string {
  if (!(value > 0 && most > 0)) return ''
  const eighths = Math.max(1, Math.round((8 * width * value) / most))
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[(eighths % 8) - 1] ?? '')
}

/** One character a value, from `low` at the bottom to `high` at the top; all at the bottom where these are equal. */
export function skyline(values: readonly number[], low: number, high: number): string {
  const step = high > low ? (HEIGHTS.length - 1) / (high - low) : 0
  return values.map((value) => HEIGHTS[Math.round((value - low) * step)] ?? ' ').join('')
}
