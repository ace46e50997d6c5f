/** The policy and the guardrails as they are in force. */
import { z } from 'zod'

export const configurationSchema = z
  .strictObject({
    version: z.string().describe('As in `policy_version` and `guardrails_version` of every answer.'),
    source: z.string().describe('The YAML as it was read.'),
    content: z.record(z.string(), z.unknown()).describe('The same as JSON.'),
  })
  .meta({ id: 'Configuration' })
