import { WonlostError } from '../../errors.ts'
import type { Milliseconds } from '../../glossary.ts'
import type { GivenFeedback } from '../../jobs/give-feedback.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { readMoment } from '../moment.ts'
import { readText } from '../text-option.ts'

export const feedbackAddCommand = defineCommand({
  name: 'feedback add',
  summary: 'say what became of a lead: contacted, accepted, rejected with a reason, or a trait corrected',
  configure: (command) =>
    command
      .argument('<LEAD>', 'id of a lead')
      .argument('<KIND>', 'contacted, accepted, rejected or corrected')
      .argument('[NAME=VALUE]', 'of a correction: title=CTO')
      .option('--reason <NAME>', 'of a rejection: a name that the policy lists')
      .option('--comment <TEXT>', 'whatever else there is to say')
      .option('--at <T>', 'when it happened: now, or 2026-11-21T00:00:00Z', 'now')
      .option('--seen-as-of <T>', 'the score that was looked at was as of this (default: the stored one)')
      .option('--id <ID>', 'of yours: the same said again under it is the same feedback')
      .option('--account', 'a trait of the account of the lead')
      .option('--clear <NAME>', 'of a correction: this is not known any more')
      .addHelpText('after', HELP),
  async run({ config, json, print, say, now, signal }, [leadId = '', kind = '', assignment], options) {
    const at = now()
    const { readAssignment, traitName } = await import('../../ingest/set-traits.ts')
    const given = await readFeedback(kind, assignment, options, at, { readAssignment, traitName })
    const { openDatabase } = await import('../../db/database.ts')
    const { giveFeedback } = await import('../../jobs/give-feedback.ts')
    const { loadEngine } = await import('../../server/engine.ts')
    const { shownFeedback } = await import('../../server/shown-feedback.ts')
    const { findLead } = await import('../find-lead.ts')
    const { feedbackLine } = await import('../feedback-text.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      await findLead(database.pool, leadId)
      const engine = await loadEngine(database.pool, config)
      const { feedback, isRepeated, notes } = await giveFeedback(database.pool, engine, leadId, given, at)
      const shown = shownFeedback(feedback)
      print(json ? JSON.stringify({ feedback: shown, repeated: isRepeated, notes }) : feedbackLine(shown))
      if (isRepeated) say('It was there already, under its id; nothing changed.')
      for (const note of notes) say(`Note: ${note}`)
      return 0
    } finally {
      await database.close()
    }
  },
})

async function readFeedback(
  kind: string,
  assignment: string | undefined,
  options: CommandOptions,
  now: Milliseconds,
  {
    readAssignment,
    traitName,
  }: Pick<typeof import('../../ingest/set-traits.ts'), 'readAssignment' | 'traitName'>,
): Promise<GivenFeedback> {
  const { actingUser } = await import('../acting-user.ts')
  const { LIMITS } = await import('../../server/limits.ts')
  const common = {
    by: actingUser(),
    id: readText(options, 'id', LIMITS.id),
    comment: readText(options, 'comment', LIMITS.comment),
    seenAsOf: options.seenAsOf === undefined ? undefined : readMoment('--seen-as-of', options.seenAsOf, now),
  }
  // Said again without a time, it is the same feedback.
  const occurredAt =
    options.at === 'now' || options.at === undefined ? undefined : readMoment('--at', options.at, now)
  const reason = readText(options, 'reason', LIMITS.name)
  const isCorrection = kind === 'corrected'
  refuse(!isCorrection && (assignment !== undefined || options.clear !== undefined), 'a trait', 'corrected')
  refuse(isCorrection && occurredAt !== undefined, '--at', 'contacted, accepted or rejected')
  refuse(kind !== 'rejected' && reason !== undefined, '--reason', 'rejected')
  if (kind === 'contacted' || kind === 'accepted') return { ...common, kind, occurredAt }
  if (kind === 'rejected') {
    if (reason === undefined)
      throw new WonlostError('usage', 'A rejection needs --reason: a name that the policy lists.')
    return { ...common, kind, reason, occurredAt }
  }
  if (!isCorrection) {
    const message = `KIND must be one of contacted, accepted, rejected, corrected. Given: ${JSON.stringify(kind)}.`
    throw new WonlostError('usage', message)
  }
  const of = options.account === true ? 'account' : 'lead'
  const { clear } = options
  if ((assignment === undefined) === (clear === undefined))
    throw new WonlostError('usage', 'A correction is one trait: NAME=VALUE, or --clear NAME.')
  if (assignment === undefined)
    return { ...common, kind, of, trait: traitName(of, String(clear)), value: null }
  const { name, value } = readAssignment(of, assignment, () => 'value', now)
  return { ...common, kind, of, trait: name, value }
}

function refuse(isWrong: boolean, what: string, kind: string): void {
  if (isWrong) throw new WonlostError('usage', `${what} is for feedback of the kind ${kind} only.`)
}

const HELP = `
Feedback is kept beside the scores, with who gave it and the score that they saw; "wonlost feedback report" shows what came of it. It
is never a label, and changes no score: only a correction does, as a trait that is known from now on.`
