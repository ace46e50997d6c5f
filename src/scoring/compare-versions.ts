/** Two versions of a model on the same leads: who would stand in another band, and by how many points scores differ. */
import { factsAt } from '../features/facts.ts'
import type { AccountRecord, Milliseconds, SubjectKind } from '../glossary.ts'
import { type Engine, scoreLead, scoreWith } from './engine.ts'
import type { LoadedModel } from './load-model.ts'
import { Moves } from './moves.ts'
import type { ModelScore } from './scored-lead.ts'
import { accountAsSubject, familyOf } from './scored-subject.ts'

export interface VersionComparison {
  /** Whom the model asks about. */
  readonly subject_kind: SubjectKind
  /** Leads, or accounts where the model asks about these. */
  readonly compared: number
  /** To whom one of the two says nothing, or both. */
  readonly not_compared: number
  readonly changed: number
  readonly counts: readonly { value: string | null; before: number; after: number }[]
  readonly moves: readonly { from: string | null; to: string | null; leads: number }[]
  /** Raw points after less those before; null: nobody was compared. */
  readonly points: { readonly mean_difference: number; readonly mean_absolute_difference: number } | null
  /** Those whose points differ most, of those in another band. */
  readonly examples: readonly {
    readonly id: string
    readonly before: { readonly score: number; readonly band: string }
    readonly after: { readonly score: number; readonly band: string }
  }[]
}

interface Said {
  readonly score: ModelScore
  /** Of a lead, that of its decision; of an account, that of the score. */
  readonly band: string
}

/** Where nothing answered under the name until now. */
const NO_MODEL: ModelScore = { applies: false, why: 'there is no model of that name' }

/** The engine with this version in the place of what answers for its name and segment. */
export function withVersion(engine: Engine, model: LoadedModel): Engine {
  const isSame = ({ name, segment }: LoadedModel): boolean => name === model.name && segment === model.segment
  const models = engine.models.some(isSame)
    ? engine.models.map((one) => (isSame(one) ? model : one))
    : [...engine.models, model]
  return { ...engine, models }
}

/** `before` and `after` score by the same policy and guardrails; they differ in the model of that name. */
export function compareVersions(
  before: Engine,
  after: Engine,
  name: string,
  mostExamples: number,
): { see(account: AccountRecord, asOf: Milliseconds): void; read(): VersionComparison } {
  const moves = new Moves()
  let compared = 0
  let notCompared = 0
  let changed = 0
  let sum = 0
  let absolute = 0
  let examples: (VersionComparison['examples'][number] & { readonly apart: number })[] = []
  const isOfAccounts =
    after.models.find((model) => model.name === name)?.registry.definition.entity === 'account'

  function compare(id: string, one: Said, other: Said): void {
    if (!one.score.applies || !other.score.applies) {
      notCompared += 1
      return
    }
    const difference = other.score.raw_points - one.score.raw_points
    compared += 1
    sum += difference
    absolute += Math.abs(difference)
    moves.add(one.band, other.band)
    if (one.band === other.band) return
    changed += 1
    const shown = ({ score }: typeof one.score, band: string) => ({ score, band })
    examples.push({
      ...{ id, before: shown(one.score, one.band), after: shown(other.score, other.band) },
      apart: Math.abs(difference),
    })
    if (examples.length > 2 * mostExamples) examples = largest(examples, mostExamples)
  }

  return {
    see(account, asOf) {
      if (isOfAccounts) {
        if (account.accountId === null || account.leads.length === 0) return
        const [one, other] = [before, after].map((engine) => accountSaid(engine, account, name, asOf))
        compare(account.accountId, one!, other!)
        return
      }
      for (const lead of account.leads) {
        if (lead.createdAt >= asOf) continue
        const [one, other] = [before, after].map((engine): Said => {
          const { scores, decision } = scoreLead(engine, account, lead, asOf, { explain: false })
          return { score: scores[name] ?? NO_MODEL, band: decision.band }
        })
        compare(lead.leadId, one!, other!)
      }
    },
    read: () => ({
      subject_kind: isOfAccounts ? 'account' : 'lead',
      compared,
      not_compared: notCompared,
      changed,
      counts: moves.counts(),
      moves: moves.elsewhere(),
      points:
        compared === 0
          ? null
          : { mean_difference: sum / compared, mean_absolute_difference: absolute / compared },
      examples: largest(examples, mostExamples).map(({ apart: _, ...example }) => example),
    }),
  }
}

function accountSaid(engine: Engine, record: AccountRecord, name: string, asOf: Milliseconds): Said {
  const subject = accountAsSubject(engine, record)
  const { account, lead, policy } = subject
  const facts = factsAt(account, lead, asOf)
  if (!subject.families.some((family) => family.name === name)) return { score: NO_MODEL, band: '' }
  const score = scoreWith(familyOf(subject, name), policy, account, lead, facts, [], false)
  return { score, band: score.applies ? score.band : '' }
}

function largest<One extends { readonly apart: number }>(all: readonly One[], most: number): One[] {
  return all.toSorted((a, b) => b.apart - a.apart).slice(0, most)
}
