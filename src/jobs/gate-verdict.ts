/** What the gate of training said of a version, as its report has it (training/report/gate-report.ts). */
import { z } from 'zod'
import { WonlostError } from '../errors.ts'

const reportSchema = z.object({
  gate: z.object({
    verdict: z.enum(['pass', 'by_hand', 'refuse']),
    because: z.string(),
    against: z.object({ basis: z.string(), version: z.int().nullable() }),
  }),
})

/** null for a version that was never judged. */
export function verdictOf(report: unknown): 'pass' | 'by_hand' | 'refuse' | null {
  return reportSchema.safeParse(report).data?.gate.verdict ?? null
}

/** What stands against a promotion without `force`; null where nothing does. `champion`: the version that serves now, if any. */
export function objectionOf(report: unknown, champion: number | null): string | null {
  const read = reportSchema.safeParse(report)
  if (!read.success)
    return 'the gate never judged it: only what this program trained, since it has a gate, is judged'
  const { verdict, because, against } = read.data.gate
  if (verdict === 'refuse') return `the gate refuses it. ${because}`
  if (verdict === 'by_hand') return `the gate leaves it to a person. ${because}`
  if (against.version === champion) return null
  const then =
    against.version === null ? `the ${against.basis.replace('_', ' ')}` : `version ${against.version}`
  const now = champion === null ? 'there is no champion' : `version ${champion} is the champion`
  return `the gate compared it with ${then}, and now ${now}. Train again to have it compared with what serves`
}

/** Throws `promotion_refused`. */
export function refusePromotion(name: string, version: number, objection: string): never {
  const message = `${name} version ${version} is not promoted: ${withoutStop(objection)}. To promote it nevertheless, force it and say why (--force --reason "...", or "force": true).`
  throw new WonlostError('promotion_refused', message)
}

/** Objections end as sentences or not: some are those of a report. */
export function withoutStop(text: string): string {
  return text.replace(/\.$/, '')
}
