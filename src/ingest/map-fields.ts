/** Fields that stand in several places of a map. */
import { z } from 'zod'
import { isZoneName } from './local-zone.ts'
import { ambiguousText, parseTimeFormat, type TimeFormat } from './time-formats.ts'

const columnName = z.string().trim().min(1).max(500)

/** One name of a column or several, in order of preference. */
export const columnNames = z
  .union([columnName, z.array(columnName).min(1).max(100)], {
    error: 'must be the name of a column, or a list of names',
  })
  .transform((given): readonly string[] => (typeof given === 'string' ? [given] : given))

/** Values as cells have them: 1 and true are the texts "1" and "true". */
export const cellTexts = z
  .union(
    [z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()])).max(1_000)],
    {
      error: 'must be a text, or a list of texts',
    },
  )
  .transform((given): readonly string[] => (Array.isArray(given) ? given : [given]).map(String))

/** Cells are compared whatever their case; blanks around and in between do not count twice. */
export function cellKey(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase()
}

export const zoneName = z
  .string()
  .refine(isZoneName, 'must be a time zone of the IANA database, such as Europe/Berlin or UTC')

export const timeFormats = z
  .array(z.string())
  .min(1)
  .max(20)
  .transform((names, context): readonly TimeFormat[] => {
    const formats: TimeFormat[] = []
    const refuse = (i: number, message: string): void => {
      context.addIssue({ code: 'custom', message, path: [i], input: names[i] })
    }
    names.forEach((name, i) => {
      const format = parseTimeFormat(name)
      if ('error' in format) {
        refuse(i, format.error)
        return
      }
      for (const earlier of formats) {
        const text = ambiguousText(earlier, format)
        if (text !== null)
          refuse(
            i,
            `cannot stand beside "${earlier.name}": ${JSON.stringify(text)} is of both forms, and not the same time. Say of each column which it is`,
          )
      }
      formats.push(format)
    })
    return formats
  })
