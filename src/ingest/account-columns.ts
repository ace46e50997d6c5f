/**
 * Columns of a file of leads that speak of the account: `account_employees`, `account_industry`. In a database the account has a
 * file of its own; where leads are all there is, each row may bring what is known of its account.
 */
import { ACCOUNT_IMPORT } from './kinds/accounts.ts'
import type { PlannedColumn, RowPlan } from './row-plan.ts'

const PREFIX = 'account_'

/** The lead's columns, and those of its account under their own names; null when there are none. */
export function splitAccountColumns(plan: RowPlan): {
  readonly lead: RowPlan
  readonly account: RowPlan | null
} {
  const isAccounts = ({ column }: PlannedColumn): boolean =>
    column.trait === true && column.name.startsWith(PREFIX) && column.name.length > PREFIX.length
  const traits = plan.columns.filter(isAccounts).map(accountTrait)
  const domain = plan.columns.filter(({ column }) => column.name === `${PREFIX}domain`).map(accountTrait)
  if (traits.length + domain.length === 0) return { lead: plan, account: null }
  const times = plan.columns.filter(({ column: { name } }) => name === 'created_at' || name === 'known_at')
  return {
    lead: { ...plan, columns: plan.columns.filter((planned) => !isAccounts(planned)) },
    account: { ...plan, kind: ACCOUNT_IMPORT, columns: [...times, ...domain, ...traits] },
  }
}

/** Read as imports of accounts read it, unless the file or an option says otherwise. */
function accountTrait(planned: PlannedColumn): PlannedColumn {
  const name = planned.column.name.slice(PREFIX.length)
  const own = ACCOUNT_IMPORT.columns.find((column) => column.trait && column.name === name)
  const isStated = planned.column.trait === true && planned.column.type !== 'value'
  const column = own ?? { ...planned.column, name, trait: true }
  return { ...planned, column: isStated ? { ...column, type: planned.column.type } : column }
}
