/** The items of a list, as text: of a JSON array, or what stands between the dividers. Empty ones are left out. */
export function listItems(text: string, divider: string): readonly string[] {
  const items = (jsonItems(text) ?? text.split(divider)).map((item) => item.trim())
  return [...new Set(items)].filter((item) => item !== '')
}

/** null for what is no JSON array of plain values. */
function jsonItems(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null
  let array: unknown
  try {
    array = JSON.parse(text)
  } catch {
    return null
  }
  if (!Array.isArray(array) || array.some((item) => typeof item === 'object' && item !== null)) return null
  return array.map((item) => (item === null ? '' : String(item)))
}
