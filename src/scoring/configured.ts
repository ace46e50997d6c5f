/** What the models folder says, beside the trained models: policy, guardrails, and the rubric where nothing is trained yet. */
import { countryCodeOf } from '../features/country-code.ts'
import { parseDefinition } from '../features/definition.ts'
import { type Guardrails, parseGuardrails } from '../guardrails/guardrails.ts'
import { parseLists } from '../guardrails/lists.ts'
import type { NamedLists } from '../guardrails/operator.ts'
import type { Policy } from '../policy/policy.ts'
import { type LoadedModel, loadRubric } from './load-model.ts'
import { type PolicyNames, policyNames, readPolicy } from './read-policy.ts'
import { isSameCard, rubricFor } from './rubric.ts'
import { DERIVED_DOMAINS } from './subject-view.ts'

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

/** What answers beside the folder. */
export interface Trained {
  /** Names under which a model answers for every lead: the rubric does not stand in for them. */
  readonly forEveryone: ReadonlySet<string>
  /** Loaded. */
  readonly models?: readonly LoadedModel[]
  /** Of models that there are, also where they could not be loaded. */
  readonly names?: readonly string[]
  /** Versions of rubrics that outcomes have calibrated. One stands in as long as the card is as it was then. */
  readonly calibrated?: readonly LoadedModel[]
}

export interface Configured {
  readonly policy: Policy
  /** What this policy, and any in its place, may name. */
  readonly names: PolicyNames
  readonly guardrails: Guardrails
  /** One for each definition that has no trained model and about which the rubric says anything. */
  readonly rubrics: readonly LoadedModel[]
}

/**
 * Throws `policy_invalid`, `guardrails_invalid`, `rubric_invalid` or `definition_invalid`, with file, line and field. Definitions
 * must be right only where the rubric stands in: a trained model carries its own.
 * @param calibrated Versions of rubrics that outcomes have calibrated, the newest of a name first. The first of the card as it is stands in.
 */
export function readConfigured(
  texts: ConfiguredTexts,
  { forEveryone, models = [], names: others = [], calibrated = [] }: Trained,
): Configured {
  const lists = parseLists(texts.lists)
  const names = policyNames({ definitions: texts.definitions, models, names: others })
  const policy = readPolicy(texts.policy, names)
  const guardrails = readGuardrails(texts.guardrails, policy, lists)
  return {
    policy,
    names,
    guardrails,
    rubrics: rubricsFor(texts, policy, forEveryone, lists).map(asCalibrated(calibrated)),
  }
}

/** Rules, to go with a policy and lists. Throws `guardrails_invalid`. */
export function readGuardrails(given: ConfiguredText, { bands }: Policy, lists: NamedLists): Guardrails {
  return parseGuardrails(given.text, given.file, lists, {
    bands: bands.map(({ name }) => name),
    countryCodeOf,
    derivedDomains: DERIVED_DOMAINS,
  })
}

function rubricsFor(
  texts: ConfiguredTexts,
  policy: Policy,
  forEveryone: ReadonlySet<string>,
  lists: NamedLists,
): LoadedModel[] {
  const untrained = Object.entries(texts.definitions).filter(([name]) => !forEveryone.has(name))
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

function asCalibrated(calibrated: readonly LoadedModel[]): (rubric: LoadedModel) => LoadedModel {
  return (rubric) =>
    calibrated.find(
      ({ artifact, name, segment }) =>
        name === rubric.name &&
        segment === rubric.segment &&
        artifact.kind === 'rubric' &&
        rubric.artifact.kind === 'rubric' &&
        isSameCard(artifact, rubric.artifact),
    ) ?? rubric
}

/** As answers list them: the one that decides first, the others by name. */
export function inOrder(models: readonly LoadedModel[], { decided_by }: Policy): LoadedModel[] {
  const rank = ({ name }: LoadedModel): string => (name === decided_by ? '' : name)
  return [...models].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
