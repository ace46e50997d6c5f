import { createHash } from 'node:crypto'

const names = new Map<string, string>()

/**
 * A query that each connection plans once: for what is asked many times a second, and is more work to plan than to run. Named by what it
 * says, so that processes behind one pooler never mean different things by one name.
 */
export function prepared(text: string, values: readonly unknown[]) {
  let name = names.get(text)
  if (name === undefined) {
    name = `wonlost_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
    names.set(text, name)
  }
  return { name, text, values: [...values] }
}
