/** What the models folder says, beside the trained models: policy, guardrails, and the rubric where nothing is trained yet. */
import { parseDefinition } from '../features/definition.ts'
import { type Guardrails, parseGuardrails, parseLists } from '../guardrails/guardrails.ts'
import type { NamedLists } from '../guardrails/operators.ts'
import { type Policy, parsePolicy } from '../policy/policy.ts'
import { type LoadedModel, loadRubric } from './load-model.ts'
import { rubricFor } from './rubric.ts'

export interface ConfiguredText {
  /** For messages. */
  readonly file: string
  readonly text: string
}

export interface ConfiguredTexts {
  readonly policy: ConfiguredText
  readonly guardrails: ConfiguredText
  readonly rubric: ConfiguredText
  /** By name: the file name without its ending. */
  readonly definitions: Readonly<Record<string, ConfiguredText>>
  /** By name, as they stand in their files. */
  readonly lists: Readonly<Record<string, string>>
}

export interface Configured {
  readonly policy: Policy
  readonly guardrails: Guardrails
  /** One for each definition that has no trained model and about which the rubric says anything. */
  readonly rubrics: readonly LoadedModel[]
}

/**
 * Throws `policy_invalid`, `guardrails_invalid`, `rubric_invalid` or `definition_invalid`, with file, line and field. Definitions
 * are read only where the rubric stands in: a trained model carries its own.
 */
export function readConfigured(texts: ConfiguredTexts, trained: ReadonlySet<string>): Configured {
  const policy = parsePolicy(texts.policy.text, texts.policy.file)
  const lists = parseLists(texts.lists)
  const guardrails = parseGuardrails(texts.guardrails.text, texts.guardrails.file, lists)
  return { policy, guardrails, rubrics: rubricsFor(texts, policy, trained, lists) }
}

function rubricsFor(
  texts: ConfiguredTexts,
  policy: Policy,
  trained: ReadonlySet<string>,
  lists: NamedLists,
): LoadedModel[] {
  const untrained = Object.entries(texts.definitions).filter(([name]) => !trained.has(name))
  // The model that decides has all the features that the rubric may speak of.
  const deciding = texts.definitions[policy.decided_by]
  if (untrained.length === 0 || !deciding) return []
  const reference = parseDefinition(deciding.text, deciding.file, lists)
  return untrained.flatMap(([, { text, file }]) => {
    const artifact = rubricFor(
      parseDefinition(text, file, lists),
      texts.rubric.text,
      texts.rubric.file,
      reference,
    )
    return artifact.rules.length > 0 ? [loadRubric(artifact)] : []
  })
}

/** As answers list them: the one that decides first, the others by name. */
export function inOrder(models: readonly LoadedModel[], { decided_by }: Policy): LoadedModel[] {
  const rank = ({ name }: LoadedModel): string => (name === decided_by ? '' : name)
  return [...models].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
