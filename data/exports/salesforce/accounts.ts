import { type AccountView, field, standingOf } from '../account-view.ts'
import { exportFile } from '../define-export.ts'
import { timeText } from './leads.ts'
import { longId, numberOf } from './record-ids.ts'

interface Organisation extends AccountView {
  readonly account: NonNullable<AccountView['account']>
}

function isOrganisation(view: AccountView): view is Organisation {
  return view.account !== null
}

export const ACCOUNT_FILE = exportFile('Account.csv', (view) => (isOrganisation(view) ? [view] : []), {
  Id: ({ account }: Organisation) => longId('account', numberOf(account.accountId)),
  IsDeleted: () => false,
  Name: field('name'),
  Website: field('domain'),
  Industry: field('industry'),
  NumberOfEmployees: field('employees'),
  AnnualRevenue: field('annual_revenue'),
  BillingCountry: field('country'),
  Technologies__c: field('technologies'),
  Funding_Stage__c: field('funding_stage'),
  // Filled in because of the outcome.
  Type: ({ deals }) => (standingOf(deals) === 'won' ? 'Customer - Direct' : 'Prospect'),
  CreatedDate: ({ account }) => timeText(account.createdAt),
})
