/** Scores as places of the picture, and back. A score takes the room from itself to the next: 101 of them. */
import type { Box } from '../../format/box.ts'

const SCORES = 101
const TALLEST = 560

export const TICKS = [0, 20, 40, 60, 80, 100] as const

export interface GridScale {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  x(fit: number): number
  y(intent: number): number
  /** Nearest inside the grid. */
  scoresAt(place: readonly [number, number]): readonly [number, number]
  rectOf(box: Box): {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

export function createScale(width: number): GridScale {
  const height = Math.min(TALLEST, Math.max(300, Math.round(width * 0.82)))
  const [left, right, top, bottom] = [44, width - 14, 6, height - 42]
  const x = (fit: number): number => left + ((right - left) * fit) / SCORES
  const y = (intent: number): number => bottom - ((bottom - top) * intent) / SCORES
  const scoreAt = (share: number): number => Math.min(SCORES - 1, Math.max(0, Math.floor(share * SCORES)))
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    x,
    y,
    scoresAt: ([across, down]) => [
      scoreAt((across - left) / (right - left)),
      scoreAt((bottom - down) / (bottom - top)),
    ],
    rectOf: ({ fitFrom, fitTo, intentFrom, intentTo }) => ({
      x: x(fitFrom),
      y: y(intentTo + 1),
      width: x(fitTo + 1) - x(fitFrom),
      height: y(intentFrom) - y(intentTo + 1),
    }),
  }
}
