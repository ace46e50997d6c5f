/** Everything that can be imported. To add a kind: a file beside this one, and a line here. */
import type { ImportKind } from '../define-import.ts'
import { ACCOUNT_IMPORT } from './accounts.ts'
import { DEAL_CONTACT_IMPORT } from './deal-contacts.ts'
import { DEAL_STAGE_IMPORT } from './deal-stages.ts'
import { DEAL_IMPORT } from './deals.ts'
import { EVENT_IMPORT } from './events.ts'
import { LEAD_IMPORT } from './leads.ts'

/** In the order in which files are best imported: what is named exists by then. */
export const IMPORT_KINDS: readonly ImportKind[] = [
  ACCOUNT_IMPORT,
  LEAD_IMPORT,
  DEAL_IMPORT,
  DEAL_CONTACT_IMPORT,
  DEAL_STAGE_IMPORT,
  EVENT_IMPORT,
]
