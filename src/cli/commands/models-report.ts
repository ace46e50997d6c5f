import { WonlostError } from '../../errors.ts'
import { modelTitle } from '../../glossary.ts'
import { defineCommand } from '../command.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

export const modelsReportCommand = defineCommand({
  name: 'models report',
  summary: 'write the report of a version as one HTML page with charts, to read anywhere without a network',
  configure: (command) =>
    command
      .argument('<NAME[@VERSION]>', 'conversion, or conversion@3; its champion where no version is named')
      .argument('[VERSION]', 'this version')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .option(
        '--out <FILE>',
        'the file to write, in the place of an earlier one; default: NAME-vVERSION.html in this folder',
      ),
  async run({ config, json, print, say, signal }, [given = '', second], options) {
    const { findModel, readModelName, readVersion } = await import('../find-model.ts')
    const { name, version: named } = readModelName(given)
    const wanted = second === undefined ? named : readVersion(second)
    if (named !== null && wanted !== named)
      throw new WonlostError('usage', `Two versions were asked for. Given: ${given} and ${second}.`)
    const { openOutputFile } = await import('../../export/output-file.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { noReportPage } = await import('../../db/model-reports.ts')
    const { keptReportPage } = await import('../../../training/report/html/keep-page.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const model = await findModel(database.pool, name, wanted, readSegment(options))
      const page = await keptReportPage(database.pool, model)
      if (page === null) throw noReportPage(model)
      const path = typeof options.out === 'string' ? options.out : defaultFile(model)
      const file = await openOutputFile(path)
      try {
        const bytes = Buffer.from(page)
        await file.write(bytes)
        await file.finish()
        const summary = {
          file: path,
          name,
          segment: model.segment || null,
          version: model.version,
          bytes: bytes.length,
        }
        print(
          json
            ? JSON.stringify(summary)
            : `${path}: ${modelTitle(model)} version ${model.version}, ${bytes.length} bytes; open it in a browser`,
        )
        return 0
      } finally {
        await file.discard()
      }
    } finally {
      await database.close()
    }
  },
})

function defaultFile({ name, segment, version }: { name: string; segment: string; version: number }): string {
  return `${segment === '' ? name : `${name}-${segment}`}-v${version}.html`
}
