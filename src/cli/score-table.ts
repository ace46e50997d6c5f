/** Scored leads as a table: one row a lead, with the columns that a CRM's import wants. */
import type { ExportCell, ExportColumn, ExportRow } from '../export/table.ts'
import { type Milliseconds, parseTime } from '../glossary.ts'
import type { ModelScore, ScoredExplanation, ScoredLead, ScoredReason } from '../scoring/scored-lead.ts'
import { reasonText } from './lead-page.ts'

type Reasons = ScoredExplanation['reasons']
type AppliedScore = Extract<ModelScore, { applies: true }>

export interface ScoreTableOptions {
  /** The first has columns with plain names (`score`), the others theirs before (`fit_score`). */
  readonly models: readonly string[]
  readonly email: boolean
  readonly reasons: boolean
}

interface TabledLead {
  readonly scored: ScoredLead
  readonly scoredAt: Milliseconds
  /** null: not known. */
  readonly email: string | null
  /** By name of the model. */
  readonly reasons: ReadonlyMap<string, Reasons>
}

/** A cell is for a glance; `wonlost explain LEAD` tells all. */
const TOP_REASONS = 3

interface Field<Of> extends ExportColumn {
  readonly cell: (of: Of) => ExportCell
}

interface ModelView {
  /** null: the model does not apply to the lead. */
  readonly score: AppliedScore | null
  readonly reasons: Reasons | undefined
}

const MODEL_FIELDS: readonly Field<ModelView>[] = [
  { name: 'score', type: 'integer', cell: ({ score }) => score?.score ?? null },
  { name: 'band', type: 'text', cell: ({ score }) => score?.band ?? null },
  { name: 'probability', type: 'number', cell: ({ score }) => score?.probability ?? null },
  { name: 'raw_points', type: 'number', cell: ({ score }) => score?.raw_points ?? null },
  { name: 'model', type: 'text', cell: ({ score }) => score?.model.name ?? null },
  { name: 'model_segment', type: 'text', cell: ({ score }) => score?.model.segment ?? null },
  { name: 'model_version', type: 'integer', cell: ({ score }) => versionOf(score) },
  { name: 'model_sha256', type: 'text', cell: ({ score }) => score?.model.sha256 ?? null },
]

const REASON_FIELDS: readonly Field<ModelView>[] = [
  { name: 'reasons_for', type: 'text', cell: ({ reasons }) => reasonsText(reasons?.for) },
  { name: 'reasons_against', type: 'text', cell: ({ reasons }) => reasonsText(reasons?.against) },
]

const LEAD_FIELDS: readonly Field<TabledLead>[] = [
  { name: 'grade', type: 'text', cell: ({ scored }) => scored.decision.grade },
  { name: 'verdict', type: 'text', cell: ({ scored }) => scored.verdict.status },
  { name: 'verdict_reasons', type: 'text', cell: ({ scored }) => verdictText(scored) },
  { name: 'decision_band', type: 'text', cell: ({ scored }) => scored.decision.band },
  { name: 'action', type: 'text', cell: ({ scored }) => scored.decision.action },
  { name: 'respond_within', type: 'text', cell: ({ scored }) => scored.decision.respond_within },
  { name: 'grade_action', type: 'text', cell: ({ scored }) => scored.decision.grade_action },
  { name: 'quadrant', type: 'text', cell: ({ scored }) => scored.decision.quadrant },
  { name: 'route', type: 'text', cell: ({ scored }) => scored.decision.route },
  { name: 'route_rule', type: 'text', cell: ({ scored }) => scored.decision.route_rule },
  { name: 'nurture', type: 'text', cell: ({ scored }) => scored.decision.nurture },
  {
    name: 'expected_value',
    type: 'number',
    cell: ({ scored }) => scored.decision.expected_value?.value ?? null,
  },
  {
    name: 'expected_value_currency',
    type: 'text',
    cell: ({ scored }) => scored.decision.expected_value?.currency ?? null,
  },
  { name: 'as_of', type: 'time', cell: ({ scored }) => parseTime(scored.as_of) },
  { name: 'scored_at', type: 'time', cell: ({ scoredAt }) => scoredAt },
]

export interface ScoreTable {
  readonly columns: readonly ExportColumn[]
  row(lead: TabledLead): ExportRow
}

export function scoreTable({ models, email, reasons }: ScoreTableOptions): ScoreTable {
  const ofModel = reasons ? [...MODEL_FIELDS, ...REASON_FIELDS] : MODEL_FIELDS
  const fields = (model: string | undefined, prefix: string): Field<TabledLead>[] =>
    ofModel
      // What the column is named after need not be said again.
      .filter(({ name }) => prefix === '' || name !== 'model')
      .map(({ name, type, cell }) => ({
        name: prefix + name,
        type,
        cell: (lead) => cell(viewOf(lead, model)),
      }))
  const all: readonly Field<TabledLead>[] = [
    { name: 'lead_id', type: 'text', cell: ({ scored }) => scored.lead_id },
    ...(email ? [{ name: 'email', type: 'text', cell: (lead: TabledLead) => lead.email } as const] : []),
    ...fields(models[0], ''),
    ...LEAD_FIELDS,
    ...models.slice(1).flatMap((model) => fields(model, `${model}_`)),
  ]
  return {
    columns: all.map(({ name, type }) => ({ name, type })),
    row: (lead) => all.map(({ cell }) => cell(lead)),
  }
}

function viewOf({ scored, reasons }: TabledLead, model: string | undefined): ModelView {
  const score = model === undefined ? undefined : scored.scores[model]
  return { score: score?.applies ? score : null, reasons: reasons.get(model ?? '') }
}

/** null where no version of the database made it: a rubric, or an artifact from a file. */
function versionOf(score: AppliedScore | null): number | null {
  return score === null || score.model.version === '0' ? null : Number(score.model.version)
}

/** Empty where there are none, null where nobody looked. */
function reasonsText(reasons: readonly ScoredReason[] | undefined): string | null {
  return reasons?.slice(0, TOP_REASONS).map(reasonText).join('; ') ?? null
}

function verdictText({ verdict }: ScoredLead): string | null {
  const reasons = [verdict.override?.reason ?? [], verdict.rules.map(({ reason }) => reason)].flat()
  return reasons.length === 0 ? null : reasons.join('; ')
}
