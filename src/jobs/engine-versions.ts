/** What decides what a score is, as versions: a run that was interrupted goes on only where all of them are the same. */
import type { EngineVersions } from '../db/scoring-runs.ts'
import { modelTitle } from '../glossary.ts'
import { packageVersion } from '../package-folder.ts'
import type { Engine } from '../scoring/engine.ts'

export function versionsOf({ models, policy, guardrails }: Engine): EngineVersions {
  return {
    models: Object.fromEntries(
      models.map((model) => [modelTitle(model), `${model.version} ${model.sha256}`]),
    ),
    policy: policy.version,
    guardrails: guardrails.version,
    program: packageVersion(),
  }
}

/** What differs, in words; none: the same. */
export function differences(before: EngineVersions, now: EngineVersions): string[] {
  const names = [...new Set([...Object.keys(before.models), ...Object.keys(now.models)])].sort()
  const others = names.filter((name) => before.models[name] !== now.models[name])
  return [
    ...others.map((name) => `the model ${name}`),
    ...(before.policy === now.policy ? [] : ['the policy']),
    ...(before.guardrails === now.guardrails ? [] : ['the guardrails']),
    ...(before.program === now.program ? [] : ['the version of Wonlost']),
  ]
}
