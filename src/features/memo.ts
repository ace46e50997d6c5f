/** The most different texts of a generation. */
const MOST = 5_000

/** Characters. A longer text is answered and not remembered: ten thousand letters of somebody take the memory of a server. */
const LONGEST = 400

/**
 * Remembers the answers of a pure function of a short text: the rows of one lead ask for the same title again and again.
 * Two generations are kept, the older is dropped when the younger is full, so that memory stays flat.
 */
export function remember<Answer>(answerOf: (text: string) => Answer): (text: string) => Answer {
  let young = new Map<string, Answer>()
  let old = young
  return (text) => {
    if (text.length > LONGEST) return answerOf(text)
    const known = young.get(text) ?? old.get(text)
    if (known !== undefined) return known
    const answer = answerOf(text)
    if (young.size >= MOST) {
      old = young
      young = new Map()
    }
    young.set(copyOf(text), answer)
    return answer
  }
}

/** A part of a text keeps the whole of it in memory: the domain of a mail address would keep the address. */
function copyOf(text: string): string {
  return text.split('').join('')
}
