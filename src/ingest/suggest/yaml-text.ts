/** Pieces of YAML that can be read again whatever the texts are. */

/** Words that plain YAML takes for something else than text. */
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i

/** A text as YAML: plain where nothing in it means anything to YAML, in double quotes otherwise. */
export function yamlText(text: string): string {
  return /^\p{L}[\p{L}\p{N} _/().+-]*$/u.test(text) && !/ $/.test(text) && !NOT_TEXT.test(text)
    ? text
    : JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped)
}

/** One text or a list of them. */
export function yamlTexts(texts: readonly string[]): string {
  const [only] = texts
  return texts.length === 1 ? yamlText(only!) : `[${texts.map(yamlText).join(', ')}]`
}

/** A name or an example within a comment: in one line, and not long. */
export function inComment(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}...` : text
  return yamlText(short)
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
