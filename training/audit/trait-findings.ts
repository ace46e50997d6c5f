/** What the times and the names of traits give away, also of those that the model does not read. */
import { numberText } from '../../src/features/wording.ts'
import { outcomeFieldReason } from '../../src/outcome-fields.ts'
import { shareOf } from '../data-check/finding.ts'
import { traitsThatKnow } from '../data-check/knows-outcome.ts'
import type { TraitTally } from '../data-check/tally-traits.ts'
import type { AuditFinding } from '../report/audit-report.ts'
import { percent } from '../report/figures.ts'
import { isCertain } from './certain-value.ts'
import type { Evidence } from './read-evidence.ts'

/** A trait as the model has it. */
export interface TraitUse {
  /** `lead.title`, or the column that reads it. */
  readonly column: string
  readonly used: boolean
  /** Why the definition may use it in spite of its name. */
  readonly lift: string | null
}

/** Of the subjects with this outcome, so many; of those with the other, at most a fifth of that share. */
const FILLED_FROM = 0.2
const FILLED_TIMES = 5
const LEAST_FILLED = 20

const UNDATED_FROM = 0.1

/** Innocent by their figures, suspicious by name, and read by nobody: no need for all. */
const MOST_NAMES = 10

/** `useOf`: what is known of `lead` and `title`. Traits of `accused` columns are told by what they were accused of. */
export function traitFindings(
  evidence: Evidence,
  useOf: (of: TraitTally['of'], name: string) => TraitUse,
  accused: ReadonlySet<string>,
): AuditFinding[] {
  const known = knowing(evidence)
  const findings = evidence.traits.traits.flatMap((trait): AuditFinding[] => {
    const use = useOf(trait.of, trait.name)
    const held = accused.has(use.column) ? null : (known.get(`${trait.of}.${trait.name}`) ?? null)
    const isTold = held !== null || accused.has(use.column)
    return [
      held && suspect(use, held),
      filledAtClosing(trait, use, evidence),
      undated(trait, use),
      isTold ? null : named(trait, use),
    ].flatMap((finding) => finding ?? [])
  })
  const names = findings.filter(({ id, used }) => id === 'outcome_name' && !used)
  const untold = new Set(names.slice(MOST_NAMES))
  return findings.filter((finding) => !untold.has(finding))
}

type Held = Pick<AuditFinding, 'id' | 'figure' | 'text'>

/** Traits that know what became of a lead in the end, by `lead.title`. */
function knowing({ conversion }: Evidence): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const { attribute, values } of conversion.attributes.values()) {
    if (!/^(lead|account)\./.test(attribute)) continue
    const sure = values.find(({ accounts, interval }) =>
      isCertain(accounts, interval[0], conversion.all.rate),
    )
    if (sure)
      held.set(attribute, {
        id: 'certain_value',
        figure: { name: 'rate', value: sure.rate },
        text: `Of ${numberText(sure.rows)} leads that had "${sure.value}" at their first landmark, ${percent(sure.rate)} reached the target in the end: an honest value makes it likelier, not certain.`,
      })
  }
  for (const { attribute, auc } of traitsThatKnow(conversion))
    held.set(attribute, {
      id: 'knows_outcome',
      figure: { name: 'auc', value: auc },
      text: `As dated, it was there at the first landmark, and ranks leads by what became of them in the end with an AUC of ${auc.toFixed(3)}; honest traits reach 0.6 to 0.8. It was probably written over later, and keeps its first date.`,
    })
  return held
}

function suspect({ column, used }: TraitUse, held: Held): AuditFinding {
  const advice = used
    ? 'Take it out of the definition, or import its history with the times at which each value was known.'
    : 'The model does not read it. Leave it out of definitions.'
  return { ...held, column, used, severity: 'suspect', advice }
}

function filledAtClosing(
  { filledAtReached, filledAtLost }: TraitTally,
  { column, used }: TraitUse,
  { traits: { reached, lost } }: Evidence,
): AuditFinding | null {
  const [ofReached, ofLost] = [shareOf(filledAtReached, reached), shareOf(filledAtLost, lost)]
  const [more, fewer] = [Math.max(ofReached, ofLost), Math.min(ofReached, ofLost)]
  const count = ofReached > ofLost ? filledAtReached : filledAtLost
  if (count < LEAST_FILLED || more < FILLED_FROM || more < FILLED_TIMES * fewer) return null
  const who = ofReached > ofLost ? 'reached the target' : 'were lost'
  return {
    id: 'filled_at_closing',
    column,
    severity: used ? 'look' : 'note',
    used,
    figure: { name: 'share', value: more },
    text: `First filled in when the outcome came: for ${percent(more)} of those that ${who}, and ${percent(fewer)} of the others, from a day before to a week after. Its dates say so, so rows before do not see it.`,
    advice: used
      ? 'It is filled in because of the outcome and tells nothing before it: take it out of the definition.'
      : 'Nothing: the model does not read it, and could not.',
  }
}

function undated({ values, undated: without }: TraitTally, { column, used }: TraitUse): AuditFinding | null {
  const share = shareOf(without, values)
  if (!used || share < UNDATED_FROM) return null
  return {
    id: 'undated',
    column,
    severity: 'look',
    used,
    figure: { name: 'share', value: share },
    text: `${percent(share)} of its values have no date, and count as known from their import on: earlier rows miss them, while leads of today have them.`,
    advice: 'Import the time at which it was known, or its history.',
  }
}

function named({ name }: TraitTally, { column, used, lift }: TraitUse): AuditFinding | null {
  const reason = outcomeFieldReason(name)
  if (reason === null) return null
  return {
    id: 'outcome_name',
    column,
    severity: used ? 'look' : 'note',
    used,
    figure: null,
    text: `By its name it ${reason}.${lift === null ? '' : ` The definition lifts it: ${lift}`}`,
    advice: used
      ? 'Ask whoever fills it in whether the reason to lift it holds.'
      : 'Nothing: the model does not read it. Leave it out of definitions.',
  }
}
