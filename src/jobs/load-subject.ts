/** A lead or an account of the database, as whom scores are about. */
import type pg from 'pg'
import type { SubjectKind } from '../glossary.ts'
import type { Engine } from '../scoring/engine.ts'
import { accountAsSubject, leadAsSubject, type ScoredSubject } from '../scoring/scored-subject.ts'
import { requireAccount } from './score-account.ts'
import { requireLead } from './score-lead.ts'

/** Of one that was merged away, the one that it was merged into. Throws `lead_not_found`, `lead_objected` and `account_not_found`. */
export async function loadSubject(
  pool: pg.Pool,
  engine: Engine,
  kind: SubjectKind,
  id: string,
): Promise<ScoredSubject> {
  if (kind === 'account') return accountAsSubject(engine, await requireAccount(pool, id))
  const { account, lead } = await requireLead(pool, id)
  return leadAsSubject(engine, account, lead)
}
