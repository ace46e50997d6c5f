/** Lines for the bands of a policy, proposed from history: each with what it would mean, and beside what the bands of now mean. */
import { WonlostError } from '../../src/errors.ts'
import { formatTime, type Milliseconds } from '../../src/glossary.ts'
import { bandsSection, rangesFrom, rewriteBands } from '../../src/policy/rewrite-bands.ts'
import { decidingModel } from '../../src/scoring/decision.ts'
import type { Engine } from '../../src/scoring/engine.ts'
import { lineProbabilities } from '../../src/scoring/line-probabilities.ts'
import type { RecordSource } from '../record-source.ts'
import { type BandConsequence, consequencesOf, type LastWins, lastWins } from './consequences.ts'
import { lowerLines } from './lower-lines.ts'
import { type EvidenceOptions, gatherEvidence, type ScoreEvidence } from './score-evidence.ts'
import { type BandTarget, LEAST_JUDGED, topLine } from './top-line.ts'

export interface BandProposal {
  readonly target: BandTarget
  /** The lowest score of the highest band. */
  readonly line: number
  /** The target allows a lower line still; it is not lowered into the lowest band of now. */
  readonly is_slack: boolean
  readonly bands: readonly BandConsequence[]
  /** Conversion falls from a band to the one above it, whatever the lines below this top line. */
  readonly conversion_falls: boolean
  readonly last_wins: LastWins
  /** The section `bands` of the policy, as it would be. */
  readonly yaml: string
}

export interface BandsReport {
  readonly model: { readonly name: string; readonly version: string; readonly basis: string }
  readonly as_of: string
  readonly weeks: number
  /** One lead in so many was replayed; 1: all. */
  readonly one_in: number
  readonly rows: number
  /** Rows are of accounts that no model has learned from, from this time on. */
  readonly rows_from: string
  /** Segments with bands of their own: their leads count, and stand where those bands say, wherever the others begin. */
  readonly segments_apart: readonly string[]
  readonly in_force: { readonly bands: readonly BandConsequence[]; readonly last_wins: LastWins }
  readonly proposals: readonly BandProposal[]
}

export interface SuggestedBands {
  readonly report: BandsReport
  /** By place of the proposal, the whole policy as it would be. */
  readonly policies: readonly string[]
}

/** `policyText` is the policy of the engine. Throws `usage` for a target that no line reaches, and `too_little_data`. */
export async function suggestBands(
  records: RecordSource,
  engine: Engine,
  policyText: string,
  targets: readonly BandTarget[],
  options: Omit<EvidenceOptions, 'probabilities'>,
): Promise<SuggestedBands> {
  const { bands } = engine.policy
  if (bands.length === 1) {
    const message = `The policy has one band, "${bands[0]!.name}": there is no line to propose. Allowed: two bands or more.`
    throw new WonlostError('usage', message)
  }
  const probabilities = lineProbabilities(decidingModel(engine)!)
  const { by, judgedFrom } = await gatherEvidence(records, engine, { ...options, probabilities })
  const evidence = by.movable
  const present = bands.map(({ from }) => from)
  const policies: string[] = []
  const proposals = targets.map((target): BandProposal => {
    const { line, isSlack } = topLine(evidence, target, present)
    const { starts, falls } = lowerLines(evidence.judged, present, line, LEAST_JUDGED)
    const ranges = rangesFrom(bands, starts, probabilities)
    const policy = rewriteBands(policyText, ranges)
    policies.push(policy)
    return {
      target,
      line,
      is_slack: isSlack,
      bands: consequencesOf(evidence, bands, starts),
      conversion_falls: falls,
      last_wins: lastWins(evidence.wins, line),
      yaml: bandsSection(policy),
    }
  })
  return { policies, report: reportOf(by.inForce, judgedFrom, engine, present, proposals, options.asOf) }
}

function reportOf(
  evidence: ScoreEvidence,
  judgedFrom: Milliseconds,
  engine: Engine,
  present: readonly number[],
  proposals: readonly BandProposal[],
  asOf: Milliseconds,
): BandsReport {
  const { name, version, artifact } = decidingModel(engine)!
  const { policy } = engine
  const { traffic, judged, wins } = evidence
  return {
    model: { name, version: String(version), basis: artifact.kind },
    as_of: formatTime(asOf),
    weeks: traffic.weeks,
    one_in: traffic.oneIn,
    rows: judged.labels.length,
    rows_from: formatTime(judgedFrom),
    segments_apart: Object.keys(policy.segment_bands),
    in_force: {
      bands: consequencesOf(evidence, policy.bands, present),
      last_wins: lastWins(wins, present.at(-1)!),
    },
    proposals,
  }
}
