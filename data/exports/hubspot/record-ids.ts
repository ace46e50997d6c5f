/** HubSpot numbers its records, each kind in a range of its own here, so that an id says what it is of. */

const FIRST_COMPANY = 21_000_000_000
const FIRST_DEAL = 33_000_000_000
const FIRST_CONTACT = 151_000_000_000

/** No account has more deals. */
const DEALS_AN_ACCOUNT = 8

export function companyId(accountId: string): string {
  return String(FIRST_COMPANY + numberOf(accountId))
}

export function contactId(leadId: string): string {
  return String(FIRST_CONTACT + numberOf(leadId))
}

/** `d_00a3_1` is the first deal of account number 00a3. */
export function dealId(id: string): string {
  const [, account = '', place] = id.split('_')
  return String(FIRST_DEAL + DEALS_AN_ACCOUNT * Number.parseInt(account, 36) + Number(place))
}

/** Our ids are a letter and a number in base 36. */
function numberOf(id: string): number {
  return Number.parseInt(id.slice(id.indexOf('_') + 1), 36)
}
