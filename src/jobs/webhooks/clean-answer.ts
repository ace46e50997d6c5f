/** What of an answer is kept: enough to see what went wrong, without what looks personal. */

const MAIL = /[^\s@<>"',;:()[\]{}]+@[^\s@<>"',;:()[\]{}]+/gu
/** Telephone numbers, and numbers of cards and customers. */
const LONG_NUMBER = /\+?\d(?:[ ()./-]{0,2}\d){6,}/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** null: nothing is left. @param subjectId Receivers tend to repeat what they were sent. */
export function cleanAnswer(body: string, subjectId: string): string | null {
  const text = body
    .replaceAll(subjectId, '[id]')
    .replace(MAIL, '[mail]')
    .replace(LONG_NUMBER, '[number]')
    .replace(CONTROL, ' ')
    .trim()
  return text === '' ? null : text
}
