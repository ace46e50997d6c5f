/** Ids as Salesforce gives them: 15 letters and digits whose case counts, or 18 with a checksum of the cases. */

import { fullSalesforceId } from '../../../src/ingest/salesforce-id.ts'

/** The first three say what a record is. */
const PREFIXES = {
  account: '001',
  contact: '003',
  opportunity: '006',
  history: '008',
  contactRole: '00K',
  lead: '00Q',
} as const

/** Of the organisation, the same in all of its ids. */
const INSTANCE = 'Hp00'
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const NUMBER_LENGTH = 8

/** The 15 characters that reports show. `number` is an integer from 0. */
export function shortId(kind: keyof typeof PREFIXES, number: number): string {
  let text = ''
  for (let left = number; left > 0; left = Math.floor(left / DIGITS.length)) {
    text = (DIGITS[left % DIGITS.length] ?? '') + text
  }
  return PREFIXES[kind] + INSTANCE + text.padStart(NUMBER_LENGTH, '0')
}

/** The 18 characters that interfaces give. */
export function longId(kind: keyof typeof PREFIXES, number: number): string {
  const short = shortId(kind, number)
  const long = fullSalesforceId(short)
  if (long === null) throw new RangeError(`${short} is no id of Salesforce`)
  return long
}

/** Our ids of leads and accounts are a letter and a number in base 36. */
export function numberOf(id: string): number {
  return Number.parseInt(id.slice(id.indexOf('_') + 1), 36)
}

/** No account has more deals, no deal more stages, no account more leads. */
const DEALS_AN_ACCOUNT = 8
const STAGES_A_DEAL = 8
const LEADS_AN_ACCOUNT = 64

/** `d_00a3_1` is the first deal of account number 00a3. */
export function dealNumber(dealId: string): number {
  const [, account = '', place] = dealId.split('_')
  return DEALS_AN_ACCOUNT * Number.parseInt(account, 36) + Number(place)
}

export function stageNumber(dealId: string, place: number): number {
  return STAGES_A_DEAL * dealNumber(dealId) + place
}

export function roleNumber(dealId: string, place: number): number {
  return LEADS_AN_ACCOUNT * dealNumber(dealId) + place
}
