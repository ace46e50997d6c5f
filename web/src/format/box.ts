/** A box of the grid of fit and intent: which leads are in it, and how it is written. */

/** Scores from 0 to 100, both ends included. */
export interface Box {
  readonly fitFrom: number
  readonly fitTo: number
  readonly intentFrom: number
  readonly intentTo: number
}

const HIGHEST = 100

/** As it stands in the address: `65-100,70-100`, fit first. */
export function boxText({ fitFrom, fitTo, intentFrom, intentTo }: Box): string {
  return `${fitFrom}-${fitTo},${intentFrom}-${intentTo}`
}

/** As a person says it. */
export function boxWords({ fitFrom, fitTo, intentFrom, intentTo }: Box): string {
  return `fit ${fitFrom}–${fitTo}, intent ${intentFrom}–${intentTo}`
}

/** null: it is none. */
export function readBox(text: string | null): Box | null {
  const found = /^(\d{1,3})-(\d{1,3}),(\d{1,3})-(\d{1,3})$/.exec(text ?? '')
  if (!found) return null
  const [fitFrom = 0, fitTo = 0, intentFrom = 0, intentTo = 0] = found.slice(1).map(Number)
  const isBox = fitFrom <= fitTo && intentFrom <= intentTo && fitTo <= HIGHEST && intentTo <= HIGHEST
  return isBox ? { fitFrom, fitTo, intentFrom, intentTo } : null
}
