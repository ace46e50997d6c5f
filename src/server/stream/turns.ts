/** One after another, in the order of asking: what many may ask for at once must not take all connections from everybody else. */
export type InTurn = <Result>(run: () => Promise<Result>) => Promise<Result>

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (run) => {
    const result = last.then(run)
    last = result.catch(() => {})
    return result
  }
}
