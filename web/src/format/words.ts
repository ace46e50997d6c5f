/** Names of machines as people read them: `pricing_page_viewed` as `pricing page viewed`. */
export function plainWords(name: string): string {
  return name.replaceAll(/[_\s]+/g, ' ').trim()
}

/** As a sentence begins. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
