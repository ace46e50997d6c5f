/**
 * A loop shared by threads: pieces of work, each done once, by whichever thread is free. Every piece writes to places of
 * its own, so that the result does not depend on who did what.
 *
 * A claim counts `REMAINING` down: what it gives is a valid piece whenever it is above 0, also to a thread that comes late and
 * missed the start, because the leader cannot go on to other work (and other arguments) before every claimed piece is done. So
 * nobody waits for a thread that the machine has not woken yet.
 *
 * Words that several threads write stand 64 bytes apart, one a cache line.
 */

/** Counts calls; sleepers wait for it to change. */
const EPOCH: usize = 0
/** Pieces not claimed yet; 0 or less: none. */
const REMAINING: usize = 64
/** Pieces done. */
const DONE: usize = 128
/** Threads asleep: nobody is notified when there are none. */
const SLEEPERS: usize = 192
/** Not 0 when a thread broke off. Written by the worker's script. */
const FAILED: usize = 256
/** Not 0 when the threads are to end. Written by `stopHelpers`. */
const STOPPED: usize = 320
/** Written by the leader between two calls, read by all: how many pieces, and of what. */
const PIECES: usize = 384
const OPERATION: usize = 388
/** Threads beside the leader. */
const HELPERS: usize = 404

/** Looks for work this often, some 100 microseconds, before it sleeps: between two calls the leader seldom takes longer. */
const SPINS: i32 = 100_000
/** After so many nanoseconds asleep the leader looks whether a thread broke off. */
const PATIENCE: i64 = 100_000_000

/** True when there are threads beside the leader. */
export function hasHelpers(): bool {
  return load<i32>(HELPERS) != 0
}

/** Leader: gives out pieces. Then claims like all others, and waits with `finish`. What pieces read is written before. */
export function begin(operation: i32, pieces: i32): void {
  store<i32>(PIECES, pieces)
  store<i32>(OPERATION, operation)
  atomic.store<i32>(DONE, 0)
  atomic.store<i32>(REMAINING, pieces)
  wake()
}

/** A piece to do, from the last to the first, or less than 0 when none is left. */
export function claim(): i32 {
  return atomic.sub<i32>(REMAINING, 1) - 1
}

/** What the piece claimed is a piece of. */
export function operation(): i32 {
  return load<i32>(OPERATION)
}

/** After a claimed piece. */
export function done(): void {
  const pieces = load<i32>(PIECES)
  if (atomic.add<i32>(DONE, 1) + 1 == pieces) atomic.notify(DONE, -1)
}

/** Leader: returns when all pieces are done. */
export function finish(pieces: i32): void {
  for (let spin = 0; atomic.load<i32>(DONE) != pieces; spin++) {
    if (spin < SPINS) continue
    const count = atomic.load<i32>(DONE)
    if (count != pieces) atomic.wait<i32>(DONE, count, PATIENCE)
    if (atomic.load<i32>(FAILED) != 0) unreachable()
  }
}

/** Helper: how many calls there have been. */
export function calls(): i32 {
  return atomic.load<i32>(EPOCH)
}

/** Helper: waits until there have been other than `seen` calls. */
export function awaitCall(seen: i32): void {
  for (let spin = 0; spin < SPINS; spin++) if (atomic.load<i32>(EPOCH) != seen) return
  atomic.add<i32>(SLEEPERS, 1)
  atomic.wait<i32>(EPOCH, seen, -1)
  atomic.sub<i32>(SLEEPERS, 1)
}

/** Leader: sends the helpers home. */
export function stopHelpers(): void {
  atomic.store<i32>(STOPPED, 1)
  wake()
}

export function isStopped(): bool {
  return atomic.load<i32>(STOPPED) != 0
}

function wake(): void {
  atomic.add<i32>(EPOCH, 1)
  if (atomic.load<i32>(SLEEPERS) != 0) atomic.notify(EPOCH, -1)
}
