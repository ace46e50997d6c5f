/** Whether two accounts are one organisation. Rules, not weights: a domain or a name is held by one firm, or it says little. */
import type { Company } from './companies.ts'
import { LIKELY, type Match, POSSIBLE } from './match.ts'
import { compareNames } from './names.ts'

/** Keys of an account: those with one in common are compared. */
export function companyKeys({ name, domains }: Company): string[] {
  return [...domains.map((domain) => `domain ${domain}`), ...(name.length >= 3 ? [`name ${name}`] : [])]
}

/** A domain of so many differently named accounts is a portal or a builder of web sites. */
const MOST_NAMES = 5

/** `circle`: all that have the key. null: nothing says that the two are one. */
export function compareCompanies(a: Company, b: Company, circle: readonly Company[]): Match | null {
  const domain = a.domains.find((one) => b.domains.includes(one))
  if (domain !== undefined) {
    if (new Set(circle.map(({ name }) => name)).size > MOST_NAMES) return null
    return compareAtDomain(a, b, domain)
  }
  if (a.name === '' || a.name !== b.name || a.country === '' || a.country !== b.country) return null
  const isOneKnown = a.domains.length === 0 || b.domains.length === 0
  const brands = new Set(a.domains.map(brandOf))
  const isOneBrand = b.domains.some((one) => brands.has(brandOf(one)))
  const objections = [
    ...(differ(a.legalForm, b.legalForm) ? ['but another legal form'] : []),
    ...(isOneKnown || isOneBrand ? [] : ['but other domains']),
  ]
  if (objections.length > 1) return null
  const evidence = [
    `the same name: ${a.name}`,
    'the same country',
    ...(isOneBrand ? ['domains that differ in the ending only'] : []),
    ...objections,
  ]
  if (objections.length > 0) return { confidence: 'possible', probability: POSSIBLE, evidence }
  return { confidence: 'likely', probability: LIKELY, evidence }
}

/** Parts of a group share its domain: subsidiaries by their names, branches by their countries. Whether they are one is for people to say. */
function compareAtDomain(a: Company, b: Company, domain: string): Match {
  const evidence = [`the same domain ${domain}`]
  const likeness = compareNames(a.name, b.name)
  const objections = [
    ...(likeness === 'different' || likeness === 'initial' ? ['but another name'] : []),
    ...(differ(a.country, b.country) ? ['but another country'] : []),
    ...(differ(a.legalForm, b.legalForm) ? ['but another legal form'] : []),
  ]
  if (objections.length > 0)
    return { confidence: 'possible', probability: POSSIBLE, evidence: [...evidence, ...objections] }
  if (likeness === 'same')
    return { confidence: 'certain', probability: 0.99, evidence: [...evidence, 'the same name'] }
  if (likeness === 'unknown') return { confidence: 'certain', probability: 0.99, evidence }
  return {
    confidence: 'likely',
    probability: 0.97,
    evidence: [...evidence, `similar names: ${a.name}, ${b.name}`],
  }
}

/** Whether two accounts that match otherwise cannot stand in one group. */
export function companiesContradict(a: Company, b: Company): boolean {
  return differ(a.country, b.country) || differ(a.legalForm, b.legalForm) || differ(a.name, b.name)
}

function differ(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b
}

/** acme of acme.com, acme.de and acme.co.uk. */
function brandOf(domain: string): string {
  const labels = domain.split('.')
  const isSecondLevel = labels.length > 2 && /^(co|com|org|net|ac|gov)$/.test(labels.at(-2)!)
  return labels.at(isSecondLevel ? -3 : -2)!
}
