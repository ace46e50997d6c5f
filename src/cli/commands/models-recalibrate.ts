import { WonlostError } from '../../errors.ts'
import { formatTime, modelTitle } from '../../glossary.ts'
import { defineCommand } from '../command.ts'
import { readCutoff } from '../cutoff-option.ts'
import { readMoment } from '../moment.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

export const modelsRecalibrateCommand = defineCommand({
  name: 'models recalibrate',
  summary: 'move the level of the champion to recent outcomes, as a new version; points and bands stay',
  configure: (command) =>
    command
      .argument('<NAME>', 'conversion')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .option('--cutoff <T>', 'outcomes known by this time; default: where the data ends')
      .option('--since <T>', 'and known after this time; default: the cut-off of the champion'),
  async run({ config, json, print, say, progress, now, signal }, [name = ''], options) {
    const { openDatabase, withTransaction } = await import('../../db/database.ts')
    const { loadArtifactBody } = await import('../../db/models.ts')
    const { loadModel } = await import('../../scoring/load-model.ts')
    const { recalibrate } = await import('../../../training/calibration/recalibrate.ts')
    const { learnedUntil } = await import('../../../training/gate/champion.ts')
    const { createRecordSource } = await import('../../../training/record-source.ts')
    const { recalibrationLines } = await import('../../../training/report/recalibration-report.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { findModel } = await import('../find-model.ts')
    const { keepChallenger } = await import('../keep-challenger.ts')
    const { promotionAdvice } = await import('../promote-model.ts')
    const { defaultCutoff } = await import('../training-choices.ts')
    const asked = readCutoff(options, now())
    const after = options.since === undefined ? null : readMoment('--since', options.since, now())
    const database = await openDatabase(config, { say, signal })
    try {
      const { pool } = database
      const champion = await findModel(pool, name, null, readSegment(options))
      if (champion.alias !== 'champion') {
        const message = `${modelTitle(champion)} has no champion to recalibrate. ${promotionAdvice(champion, champion.version, true)}`
        throw new WonlostError('model_not_found', message)
      }
      const { artifactSha256: sha256, version, segment, definitionVersion } = champion
      const body = await loadArtifactBody(pool, sha256)
      const model = loadModel({ name, segment, version, sha256, body })
      const cutoff = asked ?? (await defaultCutoff(pool, now(), say))
      const since = after ?? champion.cutoff
      if (since >= cutoff) {
        const message = `Nothing became known between ${formatTime(since)} and ${formatTime(cutoff)}. Allowed: --since before --cutoff; without them they are the cut-off of the champion and where the data ends.`
        throw new WonlostError(after === null && asked === null ? 'too_little_data' : 'usage', message)
      }
      const records = createRecordSource(pool, { signal, report: progress })
      const { artifact, report } = await recalibrate(records, model, {
        since,
        learnedUntil: learnedUntil(champion),
        cutoff,
        report: progress,
      })
      const about = { report, cutoff, createdBy: actingUser(), reason: `recalibrated version ${version}` }
      const { saved, alias } = await withTransaction(pool, (client) =>
        keepChallenger(client, artifact, { ...about, now: now(), definitionVersion }),
      )
      const kept = {
        name,
        segment: segment || null,
        version: saved.version,
        sha256: saved.artifactSha256,
        alias,
      }
      if (json) {
        print(JSON.stringify({ ...kept, report }))
        return 0
      }
      const lines = [
        ...recalibrationLines(report),
        `It is version ${kept.version} (sha256 ${kept.sha256.slice(0, 12)}), the ${alias}.`,
        ...(alias === 'challenger'
          ? [promotionAdvice(champion, kept.version, report.gate.verdict === 'pass')]
          : []),
      ]
      print(lines.join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})
