/** What `train` learns, and up to when: definitions from the models folder, the cut-off from the data. */
import type pg from 'pg'
import { parseDocument } from 'yaml'
import { dealsEndEarly, findDataEnd } from '../db/data-end.ts'
import { WonlostError } from '../errors.ts'
import type { BoostingSettings } from '../features/boosting-settings.ts'
import { type Definition, parseDefinition } from '../features/definition.ts'
import { formatTime, type Milliseconds } from '../glossary.ts'
import { parseLists } from '../guardrails/lists.ts'
import type { RubricArtifact } from '../model/artifact.ts'
import { parsePolicy } from '../policy/policy.ts'
import type { ConfiguredTexts } from '../scoring/configured.ts'
import { rubricFor } from '../scoring/rubric.ts'

export interface ChosenDefinition {
  readonly definition: Definition
  /** The YAML as it was read. */
  readonly text: string
  /** null where the rubric says nothing about the definition's columns. */
  readonly rubric: RubricArtifact | null
}

/** By name, or all of the folder. Throws `model_not_found` or `definition_invalid`. */
export function chooseDefinitions(texts: ConfiguredTexts, names: readonly string[]): ChosenDefinition[] {
  const allowed = Object.keys(texts.definitions).sort()
  const unknown = names.find((name) => !allowed.includes(name))
  if (unknown !== undefined) {
    const message = `There is no definition "${unknown}". Allowed: ${allowed.join(', ') || 'none'}.`
    throw new WonlostError('model_not_found', message)
  }
  const { decided_by: deciding } = parsePolicy(texts.policy.text, texts.policy.file)
  const reference = allowed.includes(deciding) ? readDefinition(texts, deciding).definition : undefined
  return (names.length > 0 ? [...new Set(names)] : allowed).map((name) => {
    const { definition, text } = readDefinition(texts, name)
    const rubric = rubricFor(definition, texts.rubric.text, texts.rubric.file, reference ?? definition)
    return { definition, text, rubric: rubric.rules.length > 0 ? rubric : null }
  })
}

function readDefinition(texts: ConfiguredTexts, name: string): { definition: Definition; text: string } {
  const { text, file } = texts.definitions[name] ?? { text: '', file: name }
  const definition = parseDefinition(text, file, parseLists(texts.lists))
  if (definition.name === name) return { definition, text }
  const message = `the name must be that of the file, "${name}". Given: "${definition.name}".`
  throw new WonlostError('definition_invalid', message, { file, field: 'name' })
}

/** The YAML of a definition with these settings of boosting in place of those it has; comments and order stay. */
export function withBoosting(text: string, settings: BoostingSettings): string {
  const document = parseDocument(text)
  document.set('boosting', settings)
  return document.toString({ lineWidth: 0 })
}

/**
 * Where the data ends, not what the clock says: with a later cut-off, what nobody has recorded yet would count as lost.
 * Throws `too_little_data` without leads or deals.
 */
export async function defaultCutoff(
  pool: pg.Pool,
  now: Milliseconds,
  say: (text: string) => void,
): Promise<Milliseconds> {
  const end = await findDataEnd(pool, now)
  const { newest, newestDeal } = end
  if (newest === null || newestDeal === null) {
    const missing = newest === null ? 'leads' : 'deals'
    throw new WonlostError(
      'too_little_data',
      `There are no ${missing} to learn from: import or generate some.`,
    )
  }
  if (dealsEndEarly(end, newest)) {
    const deal = formatTime(newestDeal)
    say(
      `The newest change of a deal is of ${deal}, long before the data ends. If deals were recorded only until then, later wins are missed: give --cutoff ${deal}.`,
    )
  }
  return newest
}
