/** What no logic can tell of rules, only leads: those that hold for nobody or for everybody, and bounds that meet on the same lead. */
import type { Guardrails, Rule } from '../../guardrails/guardrails.ts'
import { areEverTogether } from '../../guardrails/validity.ts'

export interface DataFinding {
  readonly kind: 'never_on_data' | 'always_on_data' | 'contradiction_on_data'
  readonly rule: string
  readonly other: string | null
  readonly line: number
  readonly text: string
}

export class RuleTally {
  readonly #guardrails: Guardrails
  readonly #held = new Map<Rule, number>()
  /** A rule that raises above what another one caps, by both ids. */
  readonly #clashes = new Map<string, { readonly raise: Rule; readonly cap: Rule; count: number }>()
  leads = 0

  constructor(guardrails: Guardrails) {
    this.#guardrails = guardrails
  }

  /** The rules that hold for one lead. */
  add(held: readonly Rule[]): void {
    this.leads += 1
    for (const rule of held) this.#held.set(rule, (this.#held.get(rule) ?? 0) + 1)
    for (const cap of held) {
      for (const raise of held) {
        if (!this.#clash(cap, raise)) continue
        const key = `${cap.id} ${raise.id}`
        const clash = this.#clashes.get(key) ?? { raise, cap, count: 0 }
        clash.count += 1
        this.#clashes.set(key, clash)
      }
    }
  }

  findings(): DataFinding[] {
    if (this.leads === 0) return []
    const ofRules = this.#guardrails.rules.flatMap((rule): DataFinding[] => {
      const held = this.#held.get(rule) ?? 0
      if (held > 0 && held < this.leads) return []
      const kind = held === 0 ? 'never_on_data' : 'always_on_data'
      const whom = held === 0 ? 'for none' : 'for every one'
      const text = `The rule ${rule.id} holds ${whom} of ${this.leads} leads.`
      return [{ kind, rule: rule.id, other: null, line: rule.line, text }]
    })
    const clashes = [...this.#clashes.values()].map(({ raise, cap, count }): DataFinding => {
      const text = `The rule ${raise.id} raises ${count} of ${this.leads} leads above what ${cap.id} caps them at: the raise wins.`
      return { kind: 'contradiction_on_data', rule: raise.id, other: cap.id, line: raise.line, text }
    })
    return [...ofRules, ...clashes].sort((a, b) => a.line - b.line)
  }

  #clash(one: Rule, other: Rule): boolean {
    const [cap, raise] = [one.action, other.action]
    if (cap.kind !== 'cap' || raise.kind !== 'raise' || !areEverTogether(one, other)) return false
    const { bands } = this.#guardrails
    return bands.indexOf(cap.band) < bands.indexOf(raise.band)
  }
}
