/** What the gate of training said of a version, as its report has it (training/report/gate-report.ts). */
import { z } from 'zod'
import { WonlostError } from '../errors.ts'

const otherSchema = z.object({ segment: z.string().nullable(), version: z.int() })

const reportSchema = z.object({
  gate: z.object({
    verdict: z.enum(['pass', 'by_hand', 'refuse']),
    because: z.string(),
    against: z.object({
      basis: z.string(),
      version: z.int().nullable(),
      without: z.array(otherSchema).optional(),
    }),
  }),
})

/** null for a version that was never judged. */
export function verdictOf(report: unknown): 'pass' | 'by_hand' | 'refuse' | null {
  return reportSchema.safeParse(report).data?.gate.verdict ?? null
}

/**
 * What stands against a promotion without `force`; null where nothing does.
 * @param champion The version that serves now, if any.
 * @param others Of the first model of a segment: the champions that score its leads without it; none where there is none for everyone.
 */
export function objectionOf(
  report: unknown,
  champion: number | null,
  others: readonly OtherVersion[] = [],
): string | null {
  const read = reportSchema.safeParse(report)
  if (!read.success)
    return 'the gate never judged it: only what this program trained, since it has a gate, is judged'
  const { verdict, because, against } = read.data.gate
  if (verdict === 'refuse') return `the gate refuses it. ${because}`
  if (verdict === 'by_hand') return `the gate leaves it to a person. ${because}`
  const [before, present] = [told(against.version, against.without), told(champion, others)]
  if (before === present) return null
  const then = before ?? `the ${against.basis.replace('_', ' ')}`
  const now =
    present === null
      ? 'there is no champion'
      : `${present} ${present.includes(' and ') ? 'are' : 'is'} the champion`
  return `the gate compared it with ${then}, and now ${now}. Train again to have it compared with what serves`
}

type OtherVersion = z.infer<typeof otherSchema>

/** What was compared with: the champion of its own segment, or else those that score the leads of the segment without it. */
function told(champion: number | null, others: readonly OtherVersion[] = []): string | null {
  if (champion !== null) return `version ${champion}`
  const names = others.map(({ segment, version }) => `version ${version} for ${segment ?? 'everyone'}`)
  return names.length > 0 ? names.join(' and ') : null
}

/** Throws `promotion_refused`. */
/** `model`: in words. */
export function refusePromotion(model: string, version: number, objection: string): never {
  const message = `${model} version ${version} is not promoted: ${withoutStop(objection)}. To promote it nevertheless, force it and say why (--force --reason "...", or "force": true).`
  throw new WonlostError('promotion_refused', message)
}

/** Objections end as sentences or not: some are those of a report. */
export function withoutStop(text: string): string {
  return text.replace(/\.$/, '')
}
