/** Scores the leads of records, and their accounts with them: as stored, with what it takes to explain one. Sweeps and the live path alike. */
import type { StoredOverride } from '../db/overrides.ts'
import type { ScoreFields } from '../db/scores.ts'
import type { AccountRecord, LeadRecord, Milliseconds } from '../glossary.ts'
import { accountModelsOf } from '../scoring/account-models.ts'
import { type Engine, type ScoreOptions, scoreLead, scoreWithInput } from '../scoring/engine.ts'
import { scoreAccount } from '../scoring/score-account.ts'
import type { ModelScore, ScoredExplanation, ScoredLead } from '../scoring/scored-lead.ts'
import { type Standing, standingOf } from '../scoring/standing.ts'
import type { SaidOfSubjects } from './keep-scores.ts'
import { toStoredAccountScores } from './stored-account.ts'
import { toStoredScores } from './stored-lead.ts'

export interface RecordsToScore {
  readonly records: readonly AccountRecord[]
  readonly asOf: Milliseconds
  readonly scoredAt: Milliseconds
  /** By lead, those in force at `asOf`. */
  readonly overrides: ReadonlyMap<string, StoredOverride>
  /** Of a record, the leads whose scores are wanted; all by default. */
  readonly leadsOf?: (record: AccountRecord) => readonly LeadRecord[]
  readonly explain?: boolean
  /** Told of a lead, or an account, that could not be scored; it is left out then. By default the error is thrown. */
  readonly onFailure?: (failure: ScoringFailure) => void
  /** Called now and then, so that others get their turn. */
  readonly breathe?: () => Promise<void>
}

export interface ScoringFailure {
  readonly record: AccountRecord
  /** null: the account itself. */
  readonly leadId: string | null
  readonly error: unknown
}

export interface ScoredRecords {
  /** In the order of the records. */
  readonly scored: readonly ScoredLead[]
  readonly leads: SaidOfSubjects
  readonly accounts: SaidOfSubjects
}

/** Leads scored between two breaths. */
const A_BREATH = 20

export async function scoreRecords(engine: Engine, given: RecordsToScore): Promise<ScoredRecords> {
  const { records, asOf, scoredAt, explain = false, leadsOf = allLeads, breathe } = given
  const { decided_by: decided, grade } = engine.policy
  const scores: ScoreFields[] = []
  const accountScores: ScoreFields[] = []
  const standings = new Map<string, Standing>()
  const accountStandings = new Map<string, Standing>()
  const all: ScoredLead[] = []
  const places = new Map<string, { readonly account: AccountRecord; readonly lead: LeadRecord }>()
  const owners = new Map<string, AccountRecord>()
  const optionsOf = (lead: LeadRecord, explain: boolean): ScoreOptions => ({
    explain,
    override: given.overrides.get(lead.leadId),
  })
  const { policy: accountPolicy } = accountModelsOf(engine)
  let breath = 0

  for (const account of records) {
    const scored = new Map<string, ScoredLead>()
    for (const lead of leadsOf(account)) {
      if (++breath % A_BREATH === 0) await breathe?.()
      try {
        const said = scoreWithInput(engine, account, lead, asOf, optionsOf(lead, explain))
        scored.set(lead.leadId, said.scored)
        const by = { by: decided, input: said.input, grade }
        scores.push(...toStoredScores(said.scored, asOf, scoredAt, by))
        all.push(said.scored)
        standings.set(lead.leadId, standingOf(engine.policy, said.input.segments, said.scored))
        places.set(lead.leadId, { account, lead })
      } catch (error) {
        fail(given, { record: account, leadId: lead.leadId, error })
      }
    }
    if (account.accountId === null) continue
    try {
      const scoredOf = (lead: LeadRecord): ScoredLead =>
        scored.get(lead.leadId) ?? scoreLead(engine, account, lead, asOf, optionsOf(lead, false))
      const said = scoreAccount(engine, account, asOf, { explain: false, scoreLead: scoredOf })
      const inForce = account.leads.flatMap(({ leadId }) => given.overrides.get(leadId) ?? [])
      accountScores.push(...toStoredAccountScores(engine, said, inForce, asOf, scoredAt))
      accountStandings.set(account.accountId, standingOf(accountPolicy, [], said))
      owners.set(account.accountId, account)
    } catch (error) {
      fail(given, { record: account, leadId: null, error })
    }
  }

  const { decided_by: accountsBy } = accountPolicy
  return {
    scored: all,
    leads: {
      kind: 'lead',
      standings,
      scores,
      decidedBy: decided,
      explain(leadId) {
        const { account, lead } = places.get(leadId)!
        return reasonsOf(scoreLead(engine, account, lead, asOf, optionsOf(lead, true)).scores[decided])
      },
    },
    accounts: {
      kind: 'account',
      standings: accountStandings,
      scores: accountScores,
      decidedBy: accountsBy,
      explain(accountId) {
        const account = owners.get(accountId)!
        const scoredOf = (lead: LeadRecord): ScoredLead =>
          scoreLead(engine, account, lead, asOf, optionsOf(lead, false))
        const said = scoreAccount(engine, account, asOf, { explain: true, scoreLead: scoredOf })
        return reasonsOf(said.scores[accountsBy])
      },
    },
  }
}

const allLeads = ({ leads }: AccountRecord): readonly LeadRecord[] => leads

function fail({ onFailure }: RecordsToScore, failure: ScoringFailure): void {
  if (!onFailure) throw failure.error
  onFailure(failure)
}

function reasonsOf(score: ModelScore | undefined): ScoredExplanation['reasons'] | null {
  return (score?.applies && score.explanation?.reasons) || null
}
