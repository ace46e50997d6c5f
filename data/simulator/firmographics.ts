/** Industries, sizes, technologies and funding of accounts, and what each is worth: the fit that a model has to find. */

/** Log-odds of winning a decision before anything is known of the account. */
export const WIN_BASE = -0.2

export const INDUSTRIES = [
  { name: 'software', weight: 26, win: 0.7, level: 1, technical: 0.55 },
  { name: 'financial_services', weight: 12, win: 0.1, level: 0, technical: 0.4 },
  { name: 'professional_services', weight: 13, win: 0.1, level: 0, technical: 0.25 },
  { name: 'retail', weight: 10, win: -0.2, level: 1, technical: 0.3 },
  { name: 'manufacturing', weight: 11, win: -0.5, level: -1, technical: 0.2 },
  { name: 'healthcare', weight: 9, win: -0.3, level: -1, technical: 0.25 },
  { name: 'media', weight: 7, win: 0, level: 1, technical: 0.35 },
  { name: 'logistics', weight: 5, win: 0.2, level: 0, technical: 0.2 },
  { name: 'education', weight: 4, win: -1.2, level: 0, technical: 0.25 },
  { name: 'government', weight: 3, win: -1.5, level: -2, technical: 0.15 },
] as const

export type Industry = (typeof INDUSTRIES)[number]

/** Sizes by number of employees, the upper bound excluded. `colleagues`: mean number of further contacts in the first months. */
export const SIZES = [
  { name: 'micro', from: 1, below: 10, weight: 22, win: -1.3, level: 1, colleagues: 0.02 },
  { name: 'small', from: 10, below: 50, weight: 30, win: 0, level: 1, colleagues: 0.06 },
  { name: 'medium', from: 50, below: 250, weight: 26, win: 0.8, level: 0, colleagues: 0.13 },
  { name: 'large', from: 250, below: 1_000, weight: 14, win: 0.3, level: -1, colleagues: 0.2 },
  { name: 'enterprise', from: 1_000, below: 30_000, weight: 8, win: -0.4, level: -2, colleagues: 0.3 },
] as const

export type Size = (typeof SIZES)[number]

/** What industry and size together are worth beyond their sum. */
const INTERACTIONS: readonly {
  readonly industry: Industry['name']
  readonly sizes: readonly Size['name'][]
  readonly win: number
}[] = [
  { industry: 'financial_services', sizes: ['large', 'enterprise'], win: 0.3 },
  { industry: 'financial_services', sizes: ['micro', 'small'], win: -0.2 },
  { industry: 'manufacturing', sizes: ['large', 'enterprise'], win: 0.3 },
  { industry: 'software', sizes: ['micro'], win: 0.2 },
  { industry: 'software', sizes: ['large', 'enterprise'], win: -0.2 },
  { industry: 'healthcare', sizes: ['medium'], win: 0.2 },
]

/** `technical`: how much likelier technical accounts use it. `win`: log-odds of winning. */
export const TECHNOLOGIES = [
  { name: 'salesforce', share: 0.28, technical: 1.3, win: 0.6 },
  { name: 'hubspot', share: 0.25, technical: 1.1, win: 0.6 },
  { name: 'marketo', share: 0.07, technical: 1, win: 0 },
  { name: 'segment', share: 0.1, technical: 2.2, win: 0 },
  { name: 'snowflake', share: 0.13, technical: 2, win: 0 },
  { name: 'aws', share: 0.4, technical: 1.6, win: 0 },
  { name: 'gcp', share: 0.16, technical: 1.6, win: 0 },
  { name: 'azure', share: 0.25, technical: 1, win: 0 },
  { name: 'kubernetes', share: 0.12, technical: 2.4, win: 0 },
  { name: 'stripe', share: 0.18, technical: 1.5, win: 0 },
  { name: 'shopify', share: 0.12, technical: 0.8, win: 0 },
  { name: 'wordpress', share: 0.3, technical: 0.6, win: 0 },
  { name: 'zendesk', share: 0.17, technical: 1.1, win: 0 },
  { name: 'slack', share: 0.35, technical: 1.5, win: 0 },
  { name: 'microsoft_365', share: 0.45, technical: 0.8, win: 0 },
  { name: 'google_workspace', share: 0.38, technical: 1.3, win: 0 },
] as const

export const FUNDING_STAGES = [
  { name: 'bootstrapped', win: 0, weights: { micro: 8, small: 6, medium: 4, large: 2, enterprise: 1 } },
  { name: 'seed', win: 0, weights: { micro: 4, small: 3, medium: 0, large: 0, enterprise: 0 } },
  { name: 'series_a', win: 0.3, weights: { micro: 1, small: 3, medium: 2, large: 0, enterprise: 0 } },
  { name: 'series_b', win: 0.3, weights: { micro: 0, small: 1, medium: 3, large: 1, enterprise: 0 } },
  { name: 'series_c_plus', win: 0.1, weights: { micro: 0, small: 0, medium: 2, large: 3, enterprise: 1 } },
  { name: 'public', win: -0.1, weights: { micro: 0, small: 0, medium: 1, large: 4, enterprise: 8 } },
] as const

/** What the fit of an account adds to the log-odds of winning, interactions included. */
export function fitWin(
  industry: Industry,
  size: Size,
  technologies: readonly string[],
  fundingWin: number,
  countryWin: number,
): number {
  let win = industry.win + size.win + fundingWin + countryWin
  for (const one of INTERACTIONS) {
    if (one.industry === industry.name && one.sizes.includes(size.name)) win += one.win
  }
  for (const technology of TECHNOLOGIES) {
    if (technologies.includes(technology.name)) win += technology.win
  }
  // Together they are a data team with something to score; a shop on Shopify is the home of the product's best case.
  if (technologies.includes('segment') && technologies.includes('snowflake')) win += 0.3
  if (industry.name === 'retail' && technologies.includes('shopify')) win += 0.3
  return win
}
