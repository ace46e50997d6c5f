/** What of an engine scores accounts: the models of definitions that ask about them, and the policy as it goes for them. */
import type { Policy } from '../policy/policy.ts'
import type { Engine } from './engine.ts'
import { type Family, familiesOf } from './families.ts'
import type { LoadedModel } from './load-model.ts'

interface AccountModels {
  readonly models: readonly LoadedModel[]
  readonly families: readonly Family[]
  /**
   * The first, by name, decides; bands go by points: those by probability are of the model that decides about leads. So are those of
   * segments: an account is decided on as one of none.
   */
  readonly policy: Policy & { readonly version: number }
}

/** By engine, which never changes. */
const known = new WeakMap<Engine, AccountModels>()

export function accountModelsOf(engine: Engine): AccountModels {
  let found = known.get(engine)
  if (!found) {
    const models = engine.models.filter(({ registry }) => registry.definition.entity === 'account')
    const { policy } = engine
    found = {
      models,
      families: familiesOf(models),
      policy: {
        ...policy,
        decided_by: models[0]?.name ?? policy.decided_by,
        bands: policy.bands.map(({ from_probability: _, ...band }) => band),
      },
    }
    known.set(engine, found)
  }
  return found
}
