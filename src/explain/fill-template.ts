/** Templates of the policy filled with what is told of a feature. */
import { countText, numberText } from '../features/wording.ts'
import type { Told, WordingTemplate } from '../wording-template.ts'

/** The first of the templates of which everything can be told; null where there is none. */
export function fillFirst(templates: readonly WordingTemplate[], told: Told): string | null {
  for (const template of templates) {
    const words = fill(template, told)
    if (words !== null) return words
  }
  return null
}

function fill(template: WordingTemplate, told: Told): string | null {
  let words = ''
  for (const part of template) {
    if (typeof part === 'string') {
      words += part
      continue
    }
    const value = told[part.name]
    if (value === undefined) return null
    if (typeof value === 'string') words += value
    else if (part.noun === null) words += numberText(value)
    else
      words += part.plural === null ? countText(value, part.noun) : countText(value, part.noun, part.plural)
  }
  return words
}
