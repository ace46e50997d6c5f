/** The check of the data, told as a recipe: measure everything once, then judge. It reads, and writes nothing. */
import type pg from 'pg'
import { readAggregates } from '../../src/db/data-check.ts'
import type { DataEnd } from '../../src/db/data-end.ts'
import { WonlostError } from '../../src/errors.ts'
import type { Definition } from '../../src/features/definition.ts'
import type { Milliseconds, ReportProgress } from '../../src/glossary.ts'
import { FREE_MAIL_DOMAINS } from '../../src/mail-providers.ts'
import { assessRows } from '../divide-rows.ts'
import { firstUsable } from '../outlook.ts'
import { createRecordSource, type RecordSource } from '../record-source.ts'
import { collectRows, type LeadCourses } from '../rows.ts'
import { attributesAt } from './attributes.ts'
import { COHORT, cohortOf, createCohortTally } from './cohorts.ts'
import { createConversionTally } from './conversion.ts'
import type { Measured } from './measured.ts'
import { createKnowledgeTally } from './tally-knowledge.ts'
import { createLeadTally } from './tally-leads.ts'
import { createSegmentTally } from './tally-segments.ts'
import { createTraitTally } from './tally-traits.ts'

export interface CheckOptions {
  /** What training may know: everything before it. */
  readonly asOf: Milliseconds
  /** What lies after it is in the future. */
  readonly now: Milliseconds
  readonly dataEnd: DataEnd
  readonly records?: RecordSource
  readonly report?: ReportProgress
  readonly signal?: AbortSignal
}

/** Throws `definition_invalid` for a definition that does not ask about leads, and the reason of `signal` when it was aborted. */
export async function measureData(
  pool: pg.Pool,
  definition: Definition,
  options: CheckOptions,
): Promise<Measured> {
  requireLeads(definition)
  const { asOf, now, dataEnd, report } = options
  const sharedDomains = FREE_MAIL_DOMAINS.trim().split(/\s+/)
  const database = await readAggregates(pool, { asOf, now, sharedDomains }, options)

  report?.('reading leads')
  // Read once only: nothing is held.
  const records = options.records ?? createRecordSource(pool, { ...options, heldFacts: 0 })
  const leads = createLeadTally(asOf)
  const traits = createTraitTally()
  const knowledge = createKnowledgeTally(definition, asOf)
  const cohorts = createCohortTally()
  const segments = createSegmentTally(definition)
  const conversion = createConversionTally()
  const observe = (lead: LeadCourses): void => {
    for (const tally of [leads, traits, knowledge, cohorts, segments]) tally.observe(lead)
    for (const { course, landmarks } of lead.courses) {
      const [first] = landmarks
      if (first?.status !== 'usable') continue
      conversion.add(lead.group, first.label, [
        [COHORT, [cohortOf(course)]],
        ...attributesAt(lead.account, lead.lead, first.asOf),
      ])
    }
  }
  const collected = await collectRows(records, definition, asOf, { observe })

  report?.('dividing rows as training would')
  const sufficiency = assessRows(collected, asOf)
  const tables = conversion.tables()
  return {
    definition,
    asOf,
    dataEnd,
    database,
    landmarks: collected.landmarks,
    firstRowAt: firstUsable(collected.rows),
    sufficiency,
    leads: leads.read(),
    traits: traits.read(),
    knowledge: knowledge.read(),
    cohorts: cohorts.read(tables),
    conversion: tables,
    segments: segments.read(asOf),
  }
}

/** All that it says is about leads: who they are, what is known of them, how they convert. */
function requireLeads({ name, entity }: Definition): void {
  if (entity === 'lead') return
  const message = `${name}: the data check looks at leads, and "entity: ${entity}" asks about others. Allowed: a definition with entity: lead. Whether there is enough to learn ${name}, "wonlost train ${name}" says.`
  throw new WonlostError('definition_invalid', message, { field: 'entity' })
}
