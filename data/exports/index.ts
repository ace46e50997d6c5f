/** Every CRM whose exports can be written. To add one: a folder beside this file, and a line here. */
import type { CrmExport } from './define-export.ts'
import { HUBSPOT_EXPORT } from './hubspot/index.ts'
import { SALESFORCE_EXPORT } from './salesforce/index.ts'

export const CRM_EXPORTS: readonly CrmExport[] = [HUBSPOT_EXPORT, SALESFORCE_EXPORT]
