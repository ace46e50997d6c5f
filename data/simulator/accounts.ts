/** Draws who an account is, and works out what that means for pace, winning and further contacts. */
import { happens, integerBetween, normal, oneOf, pickWeighted, type Random } from '../random.ts'
import { COUNTRIES, type Country, GERMAN_MARKET } from './countries.ts'
import { NEVER } from './effects.ts'
import { FUNDING_STAGES, fitWin, INDUSTRIES, SIZES, TECHNOLOGIES, WIN_BASE } from './firmographics.ts'

/** company: an organisation. solo: a person without one (no account row). rival: a competitor of ours. */
export type AccountKind = 'company' | 'solo' | 'rival'

/** Who the account really is; what the CRM was told may differ (see account-traits.ts). */
export interface Firmographics {
  readonly industry: string
  readonly size: string
  readonly employees: number
  readonly country: Country
  readonly technologies: readonly string[]
  readonly fundingStage: string
  readonly annualRevenue: number
}

/** What the process needs to know of an account: plain data, kept in simulator_truth. */
export interface AccountLaw {
  readonly kind: AccountKind
  /** Added to the level of pace of each of its leads; `NEVER` for rivals and countries that are not served. */
  readonly level: number
  /** Log-odds of winning a decision by fit, before drift, source and intent. */
  readonly win: number
  readonly germanMarket: boolean
  /** Mean number of further contacts that enter in the first year. */
  readonly colleagues: number
  /** Whole hours from UTC. */
  readonly zone: number
}

/** Chance that a first contact belongs to nobody's company, or to a competitor. */
const SOLO_CHANCE = 0.08
const RIVAL_CHANCE = 0.005

export function drawAccount(random: Random): { firmographics: Firmographics; law: AccountLaw } {
  const lot = random.uniform()
  const kind = lot < SOLO_CHANCE ? 'solo' : lot < SOLO_CHANCE + RIVAL_CHANCE ? 'rival' : 'company'
  const industry = pickWeighted(random, INDUSTRIES)
  const size = pickWeighted(random, SIZES)
  const employees = Math.floor(
    Math.exp(Math.log(size.from) + random.uniform() * Math.log(size.below / size.from)),
  )
  const country = pickWeighted(random, COUNTRIES)
  const technical = happens(random, industry.technical)
  const technologies = TECHNOLOGIES.filter(({ share, technical: factor }) =>
    happens(random, Math.min(0.95, share * (technical ? factor : 1 / factor))),
  ).map(({ name }) => name)
  const funding = pickWeighted(
    random,
    FUNDING_STAGES.map((stage) => ({ ...stage, weight: stage.weights[size.name] })),
  )
  const annualRevenue = Math.round(employees * 130_000 * Math.exp(0.6 * normal(random)))
  const firmographics: Firmographics = {
    industry: kind === 'rival' ? 'software' : industry.name,
    size: size.name,
    employees,
    country,
    technologies,
    fundingStage: funding.name,
    annualRevenue,
  }
  const served = country.served && kind !== 'rival'
  return {
    firmographics,
    law: {
      kind,
      level: served ? (kind === 'solo' ? 0 : industry.level + size.level) : NEVER,
      win:
        WIN_BASE + (kind === 'solo' ? -0.9 : fitWin(industry, size, technologies, funding.win, country.win)),
      germanMarket: GERMAN_MARKET.has(country.code),
      colleagues: kind === 'solo' ? 0 : size.colleagues,
      zone: country.zone,
    },
  }
}

/** Competitors, as their mail domains. The guardrails' list of competitors names the same. */
const COMPETITOR_DOMAINS: readonly string[] = [
  'rivalsoft.example',
  'scoreworks.example',
  'leadpilot.example',
  'dealoracle.example',
  'pipesense.example',
  'intentiva.example',
]

const STEMS =
  'Bright North Silver Quill Ember Cedar Harbor Lumen Vertex Kestrel Copper Willow Orchid Falcon Granite Maple Nimbus Aurora Beacon Delta Zephyr Onyx Coral Raven Summit Juniper Cobalt Saffron Tundra Velvet Meridian Pinecrest Halcyon Solstice Bramble Larkspur Obsidian Fjord Tamarind Wren'.split(
    ' ',
  )
const TAILS =
  'forge field works bridge line stone path wave gate peak loop mark grid lane vale crest shore light port spring hill fold root'.split(
    ' ',
  )
const ENDINGS = [
  'Analytics',
  'Software',
  'Systems',
  'Group',
  'Labs',
  'Logistics',
  'Media',
  'Partners',
  'Health',
  'Retail',
  'Industries',
  'Consulting',
  'GmbH',
  'AG',
  'SARL',
  'Ltd',
  'Inc.',
  'B.V.',
  'S.L.',
  '& Sons',
] as const

/** A name and a mail domain of a company; different for each account number. */
export function companyName(random: Random, accountNumber: number): { name: string; domain: string } {
  const combinations = STEMS.length * TAILS.length * ENDINGS.length
  // A multiplier without a common factor walks through all combinations before any comes twice.
  let place = (accountNumber * 7_919) % combinations
  const round = Math.floor(accountNumber / combinations)
  const stem = STEMS[place % STEMS.length] ?? ''
  place = Math.floor(place / STEMS.length)
  const tail = TAILS[place % TAILS.length] ?? ''
  const ending = ENDINGS[Math.floor(place / TAILS.length)] ?? ''
  const name = `${stem}${tail} ${ending}${round > 0 ? ` ${round + 1}` : ''}`
  const slug = name
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-+$/, '')
  return { name, domain: `${slug}.${oneOf(random, ['example', 'example', 'test'])}` }
}

/** Which of the competitors an account of kind rival is. */
export function competitorDomain(random: Random): string {
  return COMPETITOR_DOMAINS[integerBetween(random, 0, COMPETITOR_DOMAINS.length - 1)] ?? ''
}
