/** In which direction a column moves the answer, in a few words. */
import { valueText } from '../effect-value-text.ts'
import type { PartialDependenceReport } from '../effects-report.ts'

/** Of all movement, what may go the other way before it is no longer one direction. */
const WOBBLE = 0.1

export function directionText({ kind, points }: PartialDependenceReport): string {
  const present = points.filter(({ value }) => value !== null)
  const [first, last] = [present[0], present.at(-1)]
  if (!first || !last || present.length < 2) return ''
  if (kind === 'category') {
    const byProbability = present.toSorted((a, b) => a.probability - b.probability)
    const name = (at: number): string => valueText(byProbability.at(at)?.value ?? null, kind)
    return `highest with ${name(-1)}, lowest with ${name(0)}`
  }
  let up = 0
  let down = 0
  present.slice(1).forEach(({ probability }, i) => {
    const step = probability - present[i]!.probability
    if (step > 0) up += step
    else down -= step
  })
  if (up + down === 0) return 'no difference'
  const than = kind === 'flag' ? 'yes' : 'more'
  if (down <= WOBBLE * (up + down)) return `${than} raises it`
  if (up <= WOBBLE * (up + down)) return `${than} lowers it`
  return 'up and down'
}
