/** Who is told something else than before: how many move from which value to which. */

export interface Move {
  readonly from: string | null
  readonly to: string | null
  leads: number
}

export class Moves {
  readonly #moves = new Map<string, Move>()

  add(from: string | null, to: string | null): void {
    const key = JSON.stringify([from, to])
    const move = this.#moves.get(key)
    if (move) move.leads += 1
    else this.#moves.set(key, { from, to, leads: 1 })
  }

  /** By value, before and after; the largest first. */
  counts(): { value: string | null; before: number; after: number }[] {
    const moves = [...this.#moves.values()]
    const values = [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
    const sum = (chosen: readonly Move[]): number => chosen.reduce((so, { leads }) => so + leads, 0)
    return values
      .map((value) => ({
        value,
        before: sum(moves.filter(({ from }) => from === value)),
        after: sum(moves.filter(({ to }) => to === value)),
      }))
      .sort((a, b) => b.before - a.before || b.after - a.after)
  }

  /** Those that end elsewhere than they began; the largest first. */
  elsewhere(): Move[] {
    return [...this.#moves.values()].filter(({ from, to }) => from !== to).sort((a, b) => b.leads - a.leads)
  }
}
