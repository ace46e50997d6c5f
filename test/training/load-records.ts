/** Puts hand-made records into a database. */
import type pg from 'pg'
import { bulkLoad } from '../../src/db/bulk-load.ts'
import { withTransaction } from '../../src/db/database.ts'
import { ACCOUNTS, DEAL_CONTACTS, DEALS, EVENTS, LEADS, TRAITS } from '../../src/db/loadable-tables.ts'
import type { AccountRecord, Trait } from '../../src/glossary.ts'

/** In the order of the records. Lists of stages are not loaded. */
export async function loadRecords(pool: pg.Pool, accounts: readonly AccountRecord[]): Promise<void> {
  const leads = accounts.flatMap((account) => account.leads)
  const deals = accounts.flatMap((account) => account.deals)
  const traitRow = (kind: string, id: string | null, trait: Trait) => [
    kind,
    id,
    trait.name,
    JSON.stringify(trait.value),
    trait.occurredAt,
    trait.knownAt,
    trait.source,
    trait.undated,
  ]
  await withTransaction(pool, async (client) => {
    const withId = accounts.filter((account) => account.accountId !== null)
    await bulkLoad(
      client,
      ACCOUNTS,
      withId.map(({ accountId }) => [accountId, 0, 0, 'test']),
    )
    await bulkLoad(
      client,
      LEADS,
      leads.map((lead) => [lead.leadId, lead.accountId, lead.createdAt, lead.createdAt, 'test']),
    )
    await bulkLoad(client, TRAITS, [
      ...withId.flatMap(({ accountId, traits }) =>
        traits.map((trait) => traitRow('account', accountId, trait)),
      ),
      ...leads.flatMap(({ leadId, traits }) => traits.map((trait) => traitRow('lead', leadId, trait))),
    ])
    await bulkLoad(
      client,
      EVENTS,
      leads.flatMap(({ leadId, events }) =>
        events.map((event) => [
          event.eventId,
          leadId,
          null,
          event.type,
          event.occurredAt,
          event.knownAt,
          event.source,
          JSON.stringify(event.properties),
        ]),
      ),
    )
    await bulkLoad(
      client,
      DEALS,
      deals.map((deal) => [
        deal.dealId,
        deal.accountId,
        deal.pipeline,
        deal.openedAt,
        deal.closedAt,
        deal.outcome,
        deal.amount,
        null,
        deal.lostReason,
        deal.knownAt,
        'test',
      ]),
    )
    await bulkLoad(
      client,
      DEAL_CONTACTS,
      deals.flatMap(({ dealId, contacts }) =>
        contacts.map(({ leadId, isPrimary }) => [dealId, leadId, isPrimary]),
      ),
    )
  })
}
