/**
 * The page is in English. Numbers are written as the reader's browser does; what comes with words (3 days ago, 22 Nov) is in English too,
 * in the order and by the clock of the reader's region, so that no sentence is in two languages.
 */

/** Of a region that has no English of its own: that of most of the world. */
const WORLD = 'en-001'

/** `reader`: the locale of the browser. */
export function englishOf(reader: string): string {
  const { language, region } = new Intl.Locale(reader).maximize()
  if (language === 'en') return reader
  const regional = `en-${region}`
  const isKnown = new Intl.DateTimeFormat(regional).resolvedOptions().locale === regional
  const { hourCycle } = new Intl.DateTimeFormat(reader, { timeStyle: 'short' }).resolvedOptions()
  return new Intl.Locale(isKnown ? regional : WORLD, hourCycle === undefined ? {} : { hourCycle }).toString()
}

export const WORDS = englishOf(new Intl.NumberFormat().resolvedOptions().locale)
