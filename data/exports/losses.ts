/**
 * What the exports of a CRM cannot carry of a history. docs/bring-your-own-data.md tells the same, and a test takes from the
 * simulator's own tables just this and nothing else; what is left must then be equal to what was imported.
 */
import type { CrmExport } from './define-export.ts'

export interface Loss {
  readonly name: string
  readonly crms: readonly CrmExport['crm'][]
  /** One line, for people. */
  readonly what: string
}

export const LOSSES = [
  {
    name: 'earlier_values',
    crms: ['hubspot', 'salesforce'],
    what: 'earlier values of a field: only the newest is exported',
  },
  {
    name: 'time_of_values',
    crms: ['hubspot', 'salesforce'],
    what: 'when a value became true or known: it counts from the creation of its record',
  },
  {
    name: 'blanks_around_values',
    crms: ['hubspot', 'salesforce'],
    what: 'blanks before and after a value',
  },
  {
    name: 'empty_lists',
    crms: ['hubspot', 'salesforce'],
    what: 'that a list is known to be empty: its cell is empty, which says nothing',
  },
  {
    name: 'pipeline_names',
    crms: ['hubspot'],
    what: 'names of pipelines: all but the first are told by a number',
  },
  {
    name: 'stages',
    crms: ['hubspot'],
    what: 'the stages a deal went through: HubSpot has a column for each stage, told by a number',
  },
  {
    name: 'stage_names',
    crms: ['salesforce'],
    what: 'names of stages: they are those of Salesforce',
  },
  {
    name: 'time_of_closing',
    crms: ['salesforce'],
    what: 'the time of day at which a deal was closed: it counts as the end of that day in UTC',
  },
] as const satisfies readonly Loss[]
