/** What a run came to, for people and for programs. */
import { SECOND } from '../src/glossary.ts'
import { FAULTS, type FaultName } from './faults.ts'
import type { Findings } from './findings.ts'

export interface FaultReport {
  readonly cycles: number
  readonly seed: number
  readonly faults: Readonly<Record<FaultName, number>>
  /** Messages that were acknowledged: events, traits, aliases, deals. */
  readonly acknowledged: number
  /** Tries that no server answered, and that were made again. */
  readonly again: number
  readonly crossings: number
  readonly webhooks: { readonly messages: number; readonly repeats: number; readonly refused: number }
  /** Stored answers that were computed anew. */
  readonly recomputed: number
  /** Milliseconds from a fault until both servers had answered what was asked after it, by fault: the longest. */
  readonly recovery: Readonly<Partial<Record<FaultName, number>>>
  /** Milliseconds from the end of the traffic until no mark was left: the longest. */
  readonly drained: number
  readonly findings: Findings
}

/** Of each kind of finding so many are told. */
const MOST_TOLD = 20

export function isClean({ findings: { lost, duplicated, wrong } }: FaultReport): boolean {
  return lost.length + duplicated.length + wrong.length === 0
}

export function reportText(report: FaultReport): string {
  const { cycles, seed, faults, acknowledged, again, crossings, webhooks, recomputed, findings } = report
  const done = FAULTS.flatMap(({ name, told }) => (faults[name] > 0 ? [`${faults[name]} ${told}`] : []))
  const worst = Object.entries(report.recovery).toSorted(([, a], [, b]) => b - a)
  const lines = [
    `${number(cycles)} cycles, seed ${seed}: ${done.join(', ') || 'no faults'}`,
    `${number(acknowledged)} messages acknowledged, ${number(again)} tries made again`,
    `${number(crossings)} crossings; ${number(webhooks.messages)} webhooks seen, ${number(webhooks.repeats)} repeats dropped (${number(webhooks.refused)} were asked for)`,
    `${number(recomputed)} stored scores recomputed from their facts: ${number(findings.wrong.length)} wrong`,
    `${number(findings.lost.length)} lost, ${number(findings.duplicated.length)} duplicated`,
  ]
  if (worst.length > 0)
    lines.push(
      `worst recovery ${seconds(worst[0]![1])} s (${worst.map(([name, took]) => `${name} ${seconds(took)}`).join(', ')}); marks drained within ${seconds(report.drained)} s`,
    )
  return lines.join('\n')
}

/** For programs: snake_case, seconds. */
export function reportJson({ recovery, drained, findings, ...report }: FaultReport) {
  const took = Object.entries(recovery).map(([name, time]) => [name, Number(seconds(time))] as const)
  return {
    ...report,
    lost: findings.lost.length,
    duplicated: findings.duplicated.length,
    wrong: findings.wrong.length,
    findings: findingLines(findings),
    worst_recovery_seconds: Math.max(0, ...took.map(([, time]) => time)),
    recovery_seconds: Object.fromEntries(took),
    drained_seconds: Number(seconds(drained)),
  }
}

/** The first of each kind. */
export function findingLines({ lost, duplicated, wrong }: Findings): string[] {
  const told = (kind: string, all: readonly string[]): string[] => [
    ...all.slice(0, MOST_TOLD).map((one) => `${kind}: ${one}`),
    ...(all.length > MOST_TOLD ? [`${kind}: and ${all.length - MOST_TOLD} more`] : []),
  ]
  return [...told('lost', lost), ...told('duplicated', duplicated), ...told('wrong', wrong)]
}

const number = (value: number): string => value.toLocaleString('en-US')
const seconds = (time: number): string => (time / SECOND).toFixed(1)
