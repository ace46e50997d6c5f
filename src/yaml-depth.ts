/**
 * How deep a YAML text is nested, told from its syntax alone: whatever reads the text further does so by recursion, and a text that is
 * nested thousands of levels deep would break it, or the whole process.
 */
import { type CST, Parser } from 'yaml'

/** Rules in rules in rules need a tenth of it. */
export const DEEPEST_YAML = 100

/** Where the first collection begins that lies deeper; undefined: none does. */
export function tooDeepAt(text: string): number | undefined {
  const open: [token: CST.Token, depth: number][] = []
  for (const document of new Parser().parse(text)) open.push([document, 0])
  let first: number | undefined
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, depth] = next
    if (token.type === 'document') {
      if (token.value) open.push([token.value, 1])
    } else if ('items' in token) {
      if (depth > DEEPEST_YAML) {
        if (first === undefined || token.offset < first) first = token.offset
        continue
      }
      for (const { key, value } of token.items) {
        if (key) open.push([key, depth + 1])
        if (value) open.push([value, depth + 1])
      }
    }
  }
  return first
}
