/** What the records say of an account: enriched after its first contact, partly missing, sometimes wrong, and changing. */
import { DAY, type Milliseconds, type TraitValue } from '../../src/glossary.ts'
import { happens, integerBetween, type Random } from '../random.ts'
import type { Firmographics } from './accounts.ts'
import { enrichmentDelay } from './lead-traits.ts'
import type { SimulatedTrait } from './records.ts'

/** Chance that a field is never filled in. */
const MISSING = {
  industry: 0.04,
  employees: 0.05,
  country: 0.04,
  technologies: 0.06,
  fundingStage: 0.1,
  revenue: 0.35,
}

export function accountTraits(
  random: Random,
  accountId: string,
  name: string,
  domain: string | null,
  facts: Firmographics,
  createdAt: Milliseconds,
): SimulatedTrait[] {
  const traits: SimulatedTrait[] = []
  const enrichedAt = createdAt + enrichmentDelay(random)
  const add = (trait: string, value: TraitValue, occurredAt = createdAt, knownAt = enrichedAt): void => {
    traits.push({ subjectKind: 'account', subjectId: accountId, name: trait, value, occurredAt, knownAt })
  }
  add('name', name, createdAt, createdAt)
  if (domain !== null) add('domain', domain, createdAt, createdAt)
  if (!happens(random, MISSING.industry)) add('industry', facts.industry)
  if (!happens(random, MISSING.country)) add('country', facts.country.code)
  if (!happens(random, MISSING.fundingStage)) add('funding_stage', facts.fundingStage)
  if (!happens(random, MISSING.revenue)) add('annual_revenue', facts.annualRevenue)
  if (!happens(random, MISSING.technologies)) {
    // A crawler sees most of what is in use.
    add(
      'technologies',
      facts.technologies.filter(() => happens(random, 0.96)),
    )
  }
  if (!happens(random, MISSING.employees)) addEmployees(random, facts.employees, createdAt, enrichedAt, add)
  return traits
}

function addEmployees(
  random: Random,
  employees: number,
  createdAt: Milliseconds,
  enrichedAt: Milliseconds,
  add: (trait: string, value: TraitValue, occurredAt?: Milliseconds, knownAt?: Milliseconds) => void,
): void {
  if (happens(random, 0.02)) {
    // A zero too many or too few. Half of these are put right some weeks later.
    add('employees', happens(random, 0.5) ? employees * 10 : Math.max(1, Math.round(employees / 10)))
    const corrected = createdAt + integerBetween(random, 10, 60) * DAY
    if (happens(random, 0.5)) add('employees', employees, createdAt, corrected)
  } else add('employees', employees)
  // Companies grow; the register is read a month later.
  const grownAt = enrichedAt + integerBetween(random, 200, 400) * DAY
  if (happens(random, 0.5)) {
    add('employees', Math.round(employees * (1 + 0.4 * random.uniform())), grownAt, grownAt + 30 * DAY)
  }
}
