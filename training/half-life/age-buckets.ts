/**
 * Ages of events in geometric buckets: what is young is told apart by hours, what is old by weeks. All events of a bucket count as if
 * they had its middle age, which is off by a sixth at most: little beside how well any half-life can be known.
 */
import { BEHAVIOUR_LIFETIME, DAY, HOUR, type Milliseconds } from '../../src/glossary.ts'

/** Everything younger is in the first bucket. */
const YOUNGEST: Milliseconds = HOUR
/** How much longer a bucket is than the one before it. */
const GROWTH = 1.35

export const BUCKET_COUNT = 1 + Math.ceil(Math.log(BEHAVIOUR_LIFETIME / YOUNGEST) / Math.log(GROWTH))

/** 0 .. BUCKET_COUNT - 1, for an age from 0 to the lifetime of a behaviour. */
export function bucketOf(age: Milliseconds): number {
  if (age < YOUNGEST) return 0
  return Math.min(1 + Math.floor(Math.log(age / YOUNGEST) / Math.log(GROWTH)), BUCKET_COUNT - 1)
}

/** The middle age of each bucket (the geometric mean of its ends; half of the first one's end), in days. */
export const BUCKET_DAYS: Float64Array = Float64Array.from({ length: BUCKET_COUNT }, (_, bucket) =>
  bucket === 0 ? YOUNGEST / 2 / DAY : (YOUNGEST * GROWTH ** (bucket - 0.5)) / DAY,
)
