import { expect, test } from 'vitest'
import { englishOf } from '../../web/src/format/locales.ts'

/** One and a half hours, and an evening, as a reader of the locale sees them. */
function shown(reader: string): readonly string[] {
  const english = englishOf(reader)
  const relative = new Intl.RelativeTimeFormat(english, { style: 'short' }).format(-1, 'day')
  const evening = new Intl.DateTimeFormat(english, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(Date.UTC(2026, 10, 22, 21, 15))
  return [relative, evening.replaceAll('\u202f', ' ')]
}

test('words are English for every reader, in the order and by the clock of their region', () => {
  expect(shown('de')).toEqual(['1 day ago', '22 Nov 2026, 21:15'])
  expect(shown('pt-BR')).toEqual(['1 day ago', '22 Nov 2026, 21:15'])
  expect(shown('ar-EG')).toEqual(['1 day ago', '22 Nov 2026, 9:15 pm'])
  expect(shown('ja')).toEqual(['1 day ago', 'Nov 22, 2026, 21:15'])
  expect(shown('en-US')).toEqual(['1 day ago', 'Nov 22, 2026, 9:15 PM'])
  expect(englishOf('en-GB')).toBe('en-GB')
})
