/** Where a value stands on a scale from `from` to `to` that is `width` long. What lies beyond an end stands at it. */
export function intervalPlaces(
  from: number,
  to: number,
  scale: 'linear' | 'log',
  width: number,
): (value: number) => number {
  const along = scale === 'log' ? Math.log : (value: number) => value
  const [first, last] = [along(from), along(to)]
  if (!(last > first)) return () => width / 2
  return (value) => {
    const inside = Math.min(to, Math.max(from, value))
    return Number((((along(inside) - first) / (last - first)) * width).toFixed(1))
  }
}
