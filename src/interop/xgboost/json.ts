/** JSON of a model file: looked through before it is parsed, so that a hostile one cannot take all memory. */
import { damaged, LIMITS } from '../file-model.ts'

const DEEPEST = 64

/** `NaN`, which is no JSON but stands where a category split has no threshold, becomes null. Throws `model_file_invalid` for what is no JSON, or has more or deeper parts than any model. */
export function parseModelJson(text: string, file: string): unknown {
  const refuse = damaged(file)
  let depth = 0
  let parts = 0
  let values = 1
  let known = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 0x22) {
      parts++
      i = endOfText(text, i + 1)
    } else if (char === 0x5b || char === 0x7b) {
      parts++
      if (++depth > DEEPEST)
        throw refuse(`character ${i}`, `lists and objects are nested more than ${DEEPEST} deep`)
    } else if (char === 0x5d || char === 0x7d) depth--
    else if (char === 0x2c) values++
    else if (char === 0x4e && text.startsWith('NaN', i)) {
      parts++
      known += `${text.slice(from, i)}null`
      from = i + 3
    }
    if (parts > LIMITS.parts)
      throw refuse(`character ${i}`, `more than ${LIMITS.parts} lists, objects and texts`)
    if (values > LIMITS.values)
      throw refuse(`character ${i}`, `more than ${LIMITS.values} values; UBJSON holds as much in less`)
  }
  try {
    return JSON.parse(known + text.slice(from))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.slice(0, 120) : String(cause)
    throw refuse('model', `not JSON (${why}), ${text.length} characters given`)
  }
}

/** Where the closing quote is. */
function endOfText(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 0x5c) i++
    else if (char === 0x22) return i
  }
  return text.length
}
