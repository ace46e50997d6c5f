import { WonlostError } from '../../errors.ts'
import { modelTitle } from '../../glossary.ts'
import type { ExportFormat } from '../../interop/export-model.ts'
import type { StoredModel } from '../../scoring/load-model.ts'
import { type CommandOptions, defineCommand } from '../command.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

const FORMATS = ['artifact', 'lightgbm', 'xgboost', 'onnx'] as const satisfies readonly (
  | ExportFormat
  | 'artifact'
)[]

export const exportModelCommand = defineCommand({
  name: 'export model',
  summary: 'write a model as a file: its artifact, byte for byte, or for LightGBM, XGBoost or ONNX',
  configure: (command) =>
    command
      .argument('<NAME[@VERSION]>', 'conversion, or conversion@3; its champion where no version is named')
      .option('--version <N>', 'this version')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .option(
        '--format <FORMAT>',
        `${FORMATS.join(', ')}; default: artifact, which scores files without a database`,
      )
      .option(
        '--out <FILE>',
        'the file to write, in the place of an earlier one; without it, standard output',
      ),
  async run({ config, json, print, write, say, signal }, [given = ''], options) {
    const { findModel, readModelName, readVersion } = await import('../find-model.ts')
    const { name, version: named } = readModelName(given)
    const wanted = typeof options.version === 'string' ? readVersion(options.version) : named
    if (named !== null && wanted !== named)
      throw new WonlostError('usage', `Two versions were asked for. Given: ${given} and --version ${wanted}.`)
    const format = readFormat(options)
    const segment = readSegment(options)
    const path = typeof options.out === 'string' ? options.out : null
    if (path === null && json)
      throw new WonlostError(
        'usage',
        '--json tells what was written to --out; without it the model goes to standard output.',
      )
    const { openOutputFile } = await import('../../export/output-file.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { loadArtifactBody } = await import('../../db/models.ts')
    const file = path === null ? null : await openOutputFile(path)
    try {
      const database = await openDatabase(config, { say, signal })
      try {
        const { version, kind, artifactSha256 } = await findModel(database.pool, name, wanted, segment)
        const body = await loadArtifactBody(database.pool, artifactSha256)
        const { bytes, notes } = await inFormat(format, {
          name,
          segment,
          version,
          sha256: artifactSha256,
          body,
        })
        for (const note of notes) say(`${format}: ${note}`)
        if (!file) {
          await write(bytes)
          return 0
        }
        await file.write(bytes)
        await file.finish()
        const summary = {
          file: path,
          format,
          name,
          segment: segment || null,
          version,
          kind,
          sha256: artifactSha256,
          bytes: bytes.length,
          notes,
        }
        const words = `${path}: ${modelTitle({ name, segment })} version ${version}, ${kind}, as ${format}, ${bytes.length} bytes, sha256 ${artifactSha256}`
        print(json ? JSON.stringify(summary) : words)
        return 0
      } finally {
        await database.close()
      }
    } finally {
      await file?.discard()
    }
  },
})

function readFormat({ format = 'artifact' }: CommandOptions): (typeof FORMATS)[number] {
  const found = FORMATS.find((candidate) => candidate === format)
  if (found) return found
  const message = `--format must be one of ${FORMATS.join(', ')}. Given: ${JSON.stringify(format)}.`
  throw new WonlostError('usage', message, { field: '--format' })
}

async function inFormat(
  format: (typeof FORMATS)[number],
  stored: StoredModel,
): Promise<{ readonly bytes: Uint8Array; readonly notes: readonly string[] }> {
  if (format === 'artifact') return { bytes: Buffer.from(stored.body), notes: [] }
  const { loadModel } = await import('../../scoring/load-model.ts')
  const { exportModel } = await import('../../interop/export-model.ts')
  return exportModel(loadModel(stored).artifact, format)
}
