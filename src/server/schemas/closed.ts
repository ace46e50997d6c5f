import { z } from 'zod'

/** An object that refuses unknown fields and says which ones it knows. Every request schema is made of these. */
export function closed<Shape extends z.core.$ZodShape>(shape: Shape) {
  const allowed = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a field here. Allowed: ${allowed.length > 0 ? allowed.join(', ') : 'none'}.`
        : undefined,
  })
}
