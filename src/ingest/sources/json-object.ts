/**
 * The members of a JSON object as texts, exactly as they are written: a number keeps its digits, what is nested stays JSON.
 * `JSON.parse` says whether the text is JSON; it would round long numbers and pass over a key that is there twice.
 */

export interface JsonMembers {
  readonly keys: readonly string[]
  readonly texts: readonly string[]
}

/** `key` is the member at fault, null when it is the text as a whole. */
export interface JsonFault {
  readonly key: string | null
  readonly reason: string
}

/** The keys only, each once and in any order, which takes a third of the time. */
export function readJsonKeys(text: string): readonly string[] | JsonFault {
  const object = parseObject(text)
  return 'fault' in object ? object.fault : Object.keys(object.value)
}

function parseObject(text: string): { readonly value: object } | { readonly fault: JsonFault } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const at = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined
    const where = at === undefined ? '' : ` from character ${Number(at) + 1} on`
    return { fault: { key: null, reason: `is not JSON${where}` } }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { value }
  return { fault: { key: null, reason: 'is not a JSON object; write it like {"lead_id": "l_1"}' } }
}

/** A string gives its characters, null the empty text, anything else its JSON. */
export function readJsonMembers(text: string): JsonMembers | JsonFault {
  const object = parseObject(text)
  if ('fault' in object) return object.fault
  const keys: string[] = []
  const texts: string[] = []
  let position = skipBlanks(text, text.indexOf('{') + 1)
  while (text[position] === '"') {
    const keyEnd = stringEnd(text, position)
    const key = stringValue(text, position, keyEnd)
    const start = skipBlanks(text, skipBlanks(text, keyEnd) + 1)
    const end = valueEnd(text, start)
    const cell = valueText(text, start, end)
    if (keys.includes(key)) return { key, reason: 'is there twice' }
    // Only an escape can write half a character: the text itself is UTF-8.
    if (text[start] === '"' && /\p{Surrogate}/u.test(cell)) return { key, reason: 'holds half a character' }
    keys.push(key)
    texts.push(cell)
    position = skipBlanks(text, end)
    if (text[position] === ',') position = skipBlanks(text, position + 1)
  }
  return { keys, texts }
}

function skipBlanks(text: string, from: number): number {
  let position = from
  while (text.charCodeAt(position) <= 0x20) position += 1
  return position
}

/** Position after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
  }
}

function stringValue(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  return inner.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inner
}

/** Position after the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start)
  let depth = 0
  for (let position = start; ; position++) {
    const character = text[position]
    if (character === '"') position = stringEnd(text, position) - 1
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') {
      if (depth === 0) return position
      depth -= 1
      if (depth === 0) return position + 1
    } else if (depth === 0 && (character === ',' || text.charCodeAt(position) <= 0x20)) return position
  }
}

function valueText(text: string, start: number, end: number): string {
  if (text[start] === '"') return stringValue(text, start, end)
  const written = text.slice(start, end)
  return written === 'null' ? '' : written
}
