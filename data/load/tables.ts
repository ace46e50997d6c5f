/** Which columns of which tables a simulated account fills, in the order in which they must be loaded. */
import { normaliseMail } from '../../src/ingest/mail-address.ts'
import { SIMULATOR, type SimulatedAccount } from '../simulator/records.ts'
import { type CopyValue, copyLine, copyTime } from './copy-lines.ts'

interface LoadedTable {
  readonly name: string
  readonly columns: string
  /** `identities`: those that are taken, by kind and value; an address that two leads share belongs to the first. */
  lines(accounts: readonly SimulatedAccount[], identities: Set<string>): string
}

function table(
  name: string,
  columns: string,
  rows: (account: SimulatedAccount, identities: Set<string>) => readonly (readonly CopyValue[])[],
): LoadedTable {
  return {
    name,
    columns,
    lines(accounts, identities) {
      let lines = ''
      for (const account of accounts) for (const row of rows(account, identities)) lines += copyLine(row)
      return lines
    },
  }
}

export const TABLES: readonly LoadedTable[] = [
  table('wonlost.accounts', 'account_id, created_at, known_at, source', ({ account }) =>
    account === null
      ? []
      : [[account.accountId, copyTime(account.createdAt), copyTime(account.createdAt), SIMULATOR]],
  ),
  table('wonlost.leads', 'lead_id, account_id, created_at, known_at, source', ({ leads }) =>
    leads.map(({ leadId, accountId, createdAt }) => {
      const time = copyTime(createdAt)
      return [leadId, accountId, time, time, SIMULATOR]
    }),
  ),
  table(
    'wonlost.traits',
    'subject_kind, subject_id, name, value, occurred_at, known_at, source',
    ({ traits }) =>
      traits.map((trait) => [
        trait.subjectKind,
        trait.subjectId,
        trait.name,
        JSON.stringify(trait.value),
        copyTime(trait.occurredAt),
        copyTime(trait.knownAt),
        SIMULATOR,
      ]),
  ),
  table(
    'wonlost.events',
    'event_id, lead_id, type, occurred_at, known_at, source, properties',
    ({ events }) =>
      events.map((event) => [
        event.eventId,
        event.leadId,
        event.type,
        copyTime(event.occurredAt),
        copyTime(event.knownAt),
        SIMULATOR,
        JSON.stringify(event.properties),
      ]),
  ),
  table(
    'wonlost.deals',
    'deal_id, account_id, pipeline, opened_at, closed_at, outcome, amount, currency, lost_reason, known_at, source',
    ({ deals }) =>
      deals.map((deal) => [
        deal.dealId,
        deal.accountId,
        deal.pipeline,
        copyTime(deal.openedAt),
        deal.closedAt === null ? null : copyTime(deal.closedAt),
        deal.outcome,
        deal.amount,
        deal.currency,
        deal.lostReason,
        copyTime(deal.knownAt),
        SIMULATOR,
      ]),
  ),
  table('wonlost.deal_contacts', 'deal_id, lead_id, is_primary', ({ deals }) =>
    deals.flatMap((deal) => deal.contacts.map(({ leadId, isPrimary }) => [deal.dealId, leadId, isPrimary])),
  ),
  table('wonlost.deal_stages', 'deal_id, stage, entered_at, known_at', ({ deals }) =>
    deals.flatMap((deal) =>
      deal.stages.map(({ stage, enteredAt }) => [
        deal.dealId,
        stage,
        copyTime(enteredAt),
        copyTime(enteredAt),
      ]),
    ),
  ),
  table('wonlost.identities', 'kind, value, subject_kind, subject_id, linked_at, source', identityRows),
  table(
    'simulator_truth.accounts',
    'account_number, account_id, level, win_log_odds, decided_at, won, journey',
    ({ accountNumber, account, journey }) => [
      [
        accountNumber,
        account?.accountId ?? null,
        journey.level,
        journey.law.win,
        journey.decision === null ? null : copyTime(journey.decision.at),
        journey.decision?.won ?? null,
        JSON.stringify(journey),
      ],
    ],
  ),
  table(
    'simulator_truth.leads',
    'lead_id, account_number, person, duplicate_of, interest',
    ({ accountNumber, leads, journey }) =>
      leads.map(({ leadId, person, duplicateOf }) => {
        const main = person === null ? undefined : journey.leads[person]?.streams[0]
        return [leadId, accountNumber, person, duplicateOf, main?.interest ?? null]
      }),
  ),
]

function identityRows({ account, leads }: SimulatedAccount, taken: Set<string>): CopyValue[][] {
  const rows: CopyValue[][] = []
  const add = (kind: string, value: string | null, subjectKind: string, id: string, time: number): void => {
    if (value === null || taken.has(`${kind} ${value}`)) return
    taken.add(`${kind} ${value}`)
    rows.push([kind, value, subjectKind, id, copyTime(time), SIMULATOR])
  }
  if (account !== null) add('domain', account.domain, 'account', account.accountId, account.createdAt)
  for (const lead of leads) add('email', normaliseMail(lead.email), 'lead', lead.leadId, lead.createdAt)
  return rows
}
