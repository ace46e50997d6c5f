/** Ids of Salesforce: 15 letters and digits whose case matters, or 18, of which the last three say that case once more. */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/**
 * The id with 18 characters, under which it is kept whichever form it comes in. null when it is none, or its last three
 * characters do not fit (a spreadsheet may have changed its case). Each of them is a number of five bits, one for each
 * character of a third, the first one lowest: set where it is a capital.
 */
export function fullSalesforceId(id: string): string | null {
  if (!/^([a-z0-9]{15}|[a-z0-9]{18})$/i.test(id)) return null
  const short = id.slice(0, 15)
  let check = ''
  for (let third = 0; third < 15; third += 5) {
    let bits = 0
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(short[third + i]!)) bits |= 1 << i
    check += DIGITS[bits]
  }
  return id.length === 18 && id.slice(15).toUpperCase() !== check ? null : short + check
}

/** Exports write it where a reference is empty. */
export function isEmptySalesforceId(id: string): boolean {
  return /^0{15}(AAA)?$/i.test(id)
}
