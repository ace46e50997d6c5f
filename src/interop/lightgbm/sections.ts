/** The text of a LightGBM model in parts: `key=value` lines of the header, then those of each tree. */
import { damaged, LIMITS } from '../file-model.ts'

export type Fields = ReadonlyMap<string, string>

/** Of the header, or of a tree. There are some 20. */
const MOST_KEYS = 200

export interface Sections {
  readonly header: Fields
  /** In order: `Tree=0`, `Tree=1`, ... */
  readonly trees: readonly Fields[]
}

/** Throws `model_file_invalid` where the text ends before `end of trees`, a tree is left out, or a key is there twice. */
export function readSections(text: string, file: string): Sections {
  const refuse = damaged(file)
  const header = new Map<string, string>()
  const trees: Map<string, string>[] = []
  let fields = header
  for (let start = 0, line = 1; start < text.length; line++) {
    const end = text.indexOf('\n', start)
    if (end < 0) break
    const content = text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
    start = end + 1
    if (content === 'end of trees') return { header, trees }
    const equals = content.indexOf('=')
    const key = equals < 0 ? content : content.slice(0, equals)
    const value = equals < 0 ? '' : content.slice(equals + 1)
    if (key === '') continue
    if (key === 'Tree') {
      if (value !== String(trees.length))
        throw refuse(`line ${line}`, `Tree=${trees.length} must come here, given ${content.slice(0, 40)}`)
      if (trees.length >= LIMITS.trees) throw refuse(`line ${line}`, `more than ${LIMITS.trees} trees`)
      fields = new Map()
      trees.push(fields)
      continue
    }
    if (fields.has(key)) throw refuse(`line ${line}`, `${key.slice(0, 40)} is there twice`)
    if (fields.size >= MOST_KEYS) throw refuse(`line ${line}`, `more than ${MOST_KEYS} keys in one part`)
    fields.set(key, value)
  }
  throw refuse('end', `the text ends before "end of trees", after ${trees.length} trees: it is cut off`)
}
