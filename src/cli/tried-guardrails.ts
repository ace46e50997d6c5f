/** Guardrails of a file that is not in force, with the policy and the lists of the models folder. */
import type { Guardrails } from '../guardrails/guardrails.ts'
import { parseLists } from '../guardrails/lists.ts'
import { parsePolicy } from '../policy/policy.ts'
import { type ConfiguredTexts, readGuardrails } from '../scoring/configured.ts'
import { readWholeFile } from './whole-file.ts'

/** Two thousand rules with their tests are a tenth of it. */
const MOST_BYTES = 4 * 1024 * 1024

/** Throws `guardrails_invalid`, `policy_invalid` or `file_not_readable`. */
export async function readTriedGuardrails(texts: ConfiguredTexts, file: string): Promise<Guardrails> {
  const policy = parsePolicy(texts.policy.text, texts.policy.file)
  const text = new TextDecoder().decode(await readWholeFile(file, MOST_BYTES))
  return readGuardrails({ file, text }, policy, parseLists(texts.lists))
}
