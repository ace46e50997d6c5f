/**
 * What a visit consists of. A visit (session) always shows its anchor event, so that no visit goes unseen; the other events
 * come in independent counts: Poisson with a mean, or at most once with a chance.
 */
import { type EffectType, effectIndex } from './effects.ts'

/** A kind of visits that belong together: a gamma-mixed Poisson process of its own (see streams.ts). */
export type StreamKind = 'main' | 'trial' | 'evaluation'

interface SessionPart {
  readonly effect: number
  readonly mean?: number
  readonly chance?: number
}

export interface SessionTemplate {
  readonly name: string
  readonly anchor: number
  readonly parts: readonly SessionPart[]
  /** A stream of further visits that this visit begins: trying the product, evaluating after a demo. */
  readonly begins: Exclude<StreamKind, 'main'> | null
}

function template(
  name: string,
  anchor: EffectType,
  means: Partial<Record<EffectType, number>>,
  chances: Partial<Record<EffectType, number>> = {},
  begins: SessionTemplate['begins'] = null,
): SessionTemplate {
  const of = (type: string): number => effectIndex(type as EffectType)
  return {
    name,
    anchor: effectIndex(anchor),
    parts: [
      ...Object.entries(means).map(([type, mean]) => ({ effect: of(type), mean })),
      ...Object.entries(chances).map(([type, chance]) => ({ effect: of(type), chance })),
    ],
    begins,
  }
}

export const TEMPLATES = [
  template('blog', 'page_viewed', { page_viewed: 1 }),
  template('product', 'page_viewed', {
    page_viewed: 1.8,
    case_study_viewed: 0.25,
    pricing_page_viewed: 0.25,
  }),
  template(
    'pricing',
    'pricing_page_viewed',
    { pricing_page_viewed: 0.5, page_viewed: 1, case_study_viewed: 0.3 },
    { chat_started: 0.12, form_submitted: 0.06 },
  ),
  template('docs', 'docs_viewed', { docs_viewed: 1.2, page_viewed: 0.3 }),
  template('download', 'content_downloaded', { page_viewed: 0.9 }, { form_submitted: 0.3 }),
  template('webinar', 'webinar_registered', {}, { webinar_attended: 0.55 }),
  template('mail', 'email_clicked', { page_viewed: 1, pricing_page_viewed: 0.15, case_study_viewed: 0.15 }),
  template('reply', 'email_replied', {}, { meeting_booked: 0.2 }),
  template('advertisement', 'ad_clicked', { page_viewed: 1.1, pricing_page_viewed: 0.1 }),
  template('contact', 'form_submitted', { page_viewed: 1, pricing_page_viewed: 0.4 }, { chat_started: 0.1 }),
  template('demo', 'demo_requested', { page_viewed: 1, pricing_page_viewed: 0.6 }, {}, 'evaluation'),
  template('trial', 'trial_started', { feature_used: 1.5, docs_viewed: 0.8 }, {}, 'trial'),
  template('meeting', 'meeting_booked', { pricing_page_viewed: 0.3 }, { email_replied: 0.3 }),
  template(
    'work',
    'feature_used',
    { feature_used: 1.3, teammate_invited: 0.12, integration_connected: 0.09, docs_viewed: 0.3 },
    { support_ticket_opened: 0.05, pricing_page_viewed: 0.1 },
  ),
  template('careers', 'careers_page_viewed', { careers_page_viewed: 1.2, page_viewed: 0.7 }),
] as const satisfies readonly SessionTemplate[]

const NAMES: readonly string[] = TEMPLATES.map((one) => one.name)

/** Chances of the templates, in their order, from weights by name. They sum to 1. */
export function mixture(weights: Readonly<Record<string, number>>): Float64Array {
  const chances = new Float64Array(TEMPLATES.length)
  let total = 0
  for (const [name, weight] of Object.entries(weights)) {
    const index = NAMES.indexOf(name)
    if (index < 0) throw new RangeError(`no session template is named ${name}; there are ${NAMES.join(', ')}`)
    chances[index] = weight
    total += weight
  }
  return chances.map((chance) => chance / total)
}
