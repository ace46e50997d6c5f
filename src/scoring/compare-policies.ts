/** A changed policy against the one in force, lead by lead, on what the policy looked at when the leads were scored. */
import { decide, type PolicyDecision, type PolicyInput } from '../policy/decide.ts'
import type { Policy } from '../policy/policy.ts'
import type { Engine } from './engine.ts'
import { Moves } from './moves.ts'

const ASPECTS = {
  band: (decision: PolicyDecision) => decision.band,
  grade: (decision: PolicyDecision) => decision.grade,
  action: (decision: PolicyDecision) => decision.action,
  respond_within: (decision: PolicyDecision) => decision.respondWithin,
  grade_action: (decision: PolicyDecision) => decision.gradeAction,
  quadrant: (decision: PolicyDecision) => decision.quadrant,
  route: (decision: PolicyDecision) => decision.route,
  nurture: (decision: PolicyDecision) => decision.nurture,
  expected_value: (decision: PolicyDecision) => decision.expectedValue?.value ?? null,
} as const

type PolicyAspect = keyof typeof ASPECTS
const NAMES = Object.keys(ASPECTS) as PolicyAspect[]

/** Of these every value is counted, and every move from one to another. */
const COUNTED_ASPECTS = ['band', 'action', 'route'] as const satisfies readonly PolicyAspect[]
type CountedAspect = (typeof COUNTED_ASPECTS)[number]

export interface PolicyComparison {
  readonly leads: number
  /** Leads of whom something changes; and by what. */
  readonly changed: { readonly leads: number } & Readonly<Record<PolicyAspect, number>>
  /** The largest first. null: none. */
  readonly counts: Readonly<
    Record<CountedAspect, readonly { value: string | null; in_force: number; changed: number }[]>
  >
  readonly moves: Readonly<
    Record<CountedAspect, readonly { from: string | null; to: string | null; leads: number }[]>
  >
  /** The first of those of whom band, action or route changes, in order of id. */
  readonly examples: readonly {
    readonly lead_id: string
    readonly in_force: Readonly<Record<CountedAspect, string | null>>
    readonly changed: Readonly<Record<CountedAspect, string | null>>
  }[]
}

export function comparePolicies(
  { policy, amounts = null }: Pick<Engine, 'policy' | 'amounts'>,
  changed: Policy,
  mostExamples: number,
): { see(leadId: string, input: PolicyInput): void; read(): PolicyComparison } {
  let leads = 0
  let changedLeads = 0
  const byAspect = Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<PolicyAspect, number>
  const pairs: Record<CountedAspect, Moves> = { band: new Moves(), action: new Moves(), route: new Moves() }
  const examples: PolicyComparison['examples'][number][] = []
  return {
    see(leadId, input) {
      const now = decide(policy, amounts, input)
      const then = decide(changed, amounts, input)
      leads += 1
      const others = NAMES.filter((name) => ASPECTS[name](now) !== ASPECTS[name](then))
      if (others.length > 0) changedLeads += 1
      for (const name of others) byAspect[name] += 1
      for (const name of COUNTED_ASPECTS) pairs[name].add(ASPECTS[name](now), ASPECTS[name](then))
      if (examples.length < mostExamples && COUNTED_ASPECTS.some((name) => others.includes(name)))
        examples.push({ lead_id: leadId, in_force: shown(now), changed: shown(then) })
    },
    read: () => ({
      leads,
      changed: { leads: changedLeads, ...byAspect },
      counts: mapCounted((name) =>
        pairs[name].counts().map(({ value, before, after }) => ({ value, in_force: before, changed: after })),
      ),
      moves: mapCounted((name) => pairs[name].elsewhere()),
      examples,
    }),
  }
}

function shown({ band, action, route }: PolicyDecision): Record<CountedAspect, string | null> {
  return { band, action, route }
}

function mapCounted<Result>(map: (name: CountedAspect) => Result): Record<CountedAspect, Result> {
  return { band: map('band'), action: map('action'), route: map('route') }
}
