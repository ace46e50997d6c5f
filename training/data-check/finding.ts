/** What may be wrong with the data is data: an object through `defineFinding`, in the one list of findings/index.ts. */
import { numberText } from '../../src/features/wording.ts'
import { percent } from '../report/figures.ts'
import type { Measured } from './measured.ts'

/** stops: no model can be trained; hurts: models are worse than they need to be; look: somebody who knows should say. */
export const SEVERITIES = ['stops', 'hurts', 'look'] as const
export type Severity = (typeof SEVERITIES)[number]

interface Found {
  readonly severity: Severity
  /** What is wrong, with its figure: a sentence or two. */
  readonly text: string
  /** What to do about it. */
  readonly advice: string
  /** Ids of leads, accounts, deals or events, or names of fields; never what is known of somebody. */
  readonly examples: readonly string[]
  /** How much of the data is concerned, 0 to 1: the larger comes first. */
  readonly share: number
  /** What the text was made of. */
  readonly figures: Readonly<Record<string, number | string | null>>
}

export interface Finding extends Found {
  readonly id: string
}

export interface FindingKind {
  readonly id: string
  /** null when there is nothing to say. */
  readonly find: (measured: Measured) => Found | null
}

export function defineFinding(kind: FindingKind): FindingKind {
  return Object.freeze(kind)
}

/** All that is there to say: what stops training first, then by how much of the data is concerned; ties as listed. */
export function findAll(kinds: readonly FindingKind[], measured: Measured): Finding[] {
  return kinds
    .flatMap(({ id, find }): Finding[] => {
      const found = find(measured)
      if (!found) return []
      // Where mail addresses serve as ids, they are told to nobody.
      return [{ id, ...found, examples: found.examples.filter((example) => !example.includes('@')) }]
    })
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.share - a.share)
}

/** `12 of 340 leads (3.5 %)`. */
export function outOf(count: number, total: number, what: string): string {
  return `${numberText(count)} of ${numberText(total)} ${what} (${percent(count / total)})`
}

/** 0 where there is nothing to be concerned. */
export function shareOf(count: number, total: number): number {
  return total > 0 ? count / total : 0
}
