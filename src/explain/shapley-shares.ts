/**
 * What each of several players adds to a value that they reach together, in parts that add up: Shapley's value. A player that
 * changes nothing in any company gets 0; two that do the same get the same.
 *
 *   share(i) = mean over orders of value(those before i, and i) - value(those before i)
 *
 * L. Shapley, "A value for n-person games" (1953); over some of the orders: J. Castro, D. Gómez, J. Tejada (2009).
 */

/** Up to so many players all orders count: 2^8 values. */
const EXACT_PLAYERS = 8

export interface ShapleyShares {
  /** Of nobody. `none` and all shares add up to the value of all. */
  readonly none: number
  /** One a player. */
  readonly shares: Float64Array
}

/**
 * @param worthOf Of the players that are marked by 1.
 * @param most Values worked out for more than 8 players, about; at least two orders are.
 * Exact for up to 8 players. Of more, the mean over orders in which each player stands at each part of the row about equally often,
 * and each order backwards too; whatever the orders, the shares add up.
 */
export function shapleyShares(
  count: number,
  worthOf: (present: Uint8Array) => number,
  most = 1_000,
): ShapleyShares {
  return count <= EXACT_PLAYERS ? overAllOrders(count, worthOf) : overSomeOrders(count, worthOf, most)
}

/** By company instead of by order: |S|! (n - |S| - 1)! / n! of all orders have S before i. */
function overAllOrders(count: number, worthOf: (present: Uint8Array) => number): ShapleyShares {
  const present = new Uint8Array(count)
  const values = Float64Array.from({ length: 2 ** count }, (_, company) => {
    for (let i = 0; i < count; i++) present[i] = (company >> i) & 1
    return worthOf(present)
  })
  const shares = new Float64Array(count)
  for (let company = 0; company < values.length; company++) {
    const size = sizeOf(company)
    const weight = 1 / (count * choose(count - 1, size))
    for (let i = 0; i < count; i++) {
      const together = company | (1 << i)
      if (together !== company) shares[i]! += weight * (values[together]! - values[company]!)
    }
  }
  return { none: values[0]!, shares }
}

function overSomeOrders(
  count: number,
  worthOf: (present: Uint8Array) => number,
  most: number,
): ShapleyShares {
  const pairs = Math.max(1, Math.min(count, Math.floor(most / (2 * count))))
  const shares = new Float64Array(count)
  const none = worthOf(new Uint8Array(count))
  const add = (at: (place: number) => number): void => {
    const present = new Uint8Array(count)
    let before = none
    for (let place = 0; place < count; place++) {
      const player = at(place)
      present[player] = 1
      const value = worthOf(present)
      shares[player]! += (value - before) / (2 * pairs)
      before = value
    }
  }
  for (let pair = 0; pair < pairs; pair++) {
    const start = Math.floor((pair * count) / pairs)
    add((place) => (start + place) % count)
    add((place) => (start + count - 1 - place) % count)
  }
  return { none, shares }
}

function sizeOf(company: number): number {
  let size = 0
  for (let rest = company; rest > 0; rest >>= 1) size += rest & 1
  return size
}

function choose(n: number, k: number): number {
  let ways = 1
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i
  return ways
}
