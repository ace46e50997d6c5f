import type { Traits } from './subject-answers.ts'

/** A trait that is a text, and no empty one. */
function text(traits: Traits, name: string): string | null {
  const value = traits[name]?.value
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** As the queue calls a lead: its name, or else its address, or its id. */
export function personName(traits: Traits, leadId: string): string {
  const names = [text(traits, 'first_name'), text(traits, 'last_name')].filter((name) => name !== null)
  return names.join(' ') || (text(traits, 'email') ?? leadId)
}

export const personTitle = (traits: Traits): string | null => text(traits, 'title')

/** Its name, or else its domain, or its id. */
export function companyName(traits: Traits, accountId: string): string {
  return text(traits, 'name') ?? text(traits, 'domain') ?? accountId
}

export const accountPath = (accountId: string): string => `/accounts/${encodeURIComponent(accountId)}`
