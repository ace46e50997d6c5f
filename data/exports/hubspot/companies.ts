import { type AccountView, field, standingOf } from '../account-view.ts'
import { exportFile } from '../define-export.ts'
import { companyId } from './record-ids.ts'

interface Company extends AccountView {
  readonly account: NonNullable<AccountView['account']>
}

function isCompany(view: AccountView): view is Company {
  return view.account !== null
}

const LIFECYCLE_STAGES = {
  won: 'customer',
  open: 'opportunity',
  lost: 'salesqualifiedlead',
  none: 'lead',
} as const

export const COMPANIES_FILE = exportFile('companies.csv', (view) => (isCompany(view) ? [view] : []), {
  hs_object_id: ({ account }: Company) => companyId(account.accountId),
  createdate: ({ account }) => new Date(account.createdAt).toISOString(),
  name: field('name'),
  domain: field('domain'),
  industry: field('industry'),
  numberofemployees: field('employees'),
  annualrevenue: field('annual_revenue'),
  country: field('country'),
  web_technologies: field('technologies'),
  funding_stage: field('funding_stage'),
  // Filled in because of the outcome, or counted up to the day of the export.
  lifecyclestage: ({ deals }) => LIFECYCLE_STAGES[standingOf(deals)],
  num_associated_contacts: ({ people }) => people.length,
  num_associated_deals: ({ deals }) => deals.length,
})
