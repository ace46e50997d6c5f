import { WonlostError } from '../../errors.ts'
import { defineCommand } from '../command.ts'

export const exportModelCommand = defineCommand({
  name: 'export model',
  summary: 'write the artifact of a model, byte for byte: it scores files without a database',
  configure: (command) =>
    command
      .argument('<NAME[@VERSION]>', 'conversion, or conversion@3; its champion where no version is named')
      .option('--version <N>', 'this version')
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
    const path = typeof options.out === 'string' ? options.out : null
    if (path === null && json)
      throw new WonlostError('usage', '--json tells what was written to --out; the artifact itself is JSON.')
    const { openOutputFile } = await import('../../export/output-file.ts')
    const { openDatabase } = await import('../../db/database.ts')
    const { loadArtifactBody } = await import('../../db/models.ts')
    const file = path === null ? null : await openOutputFile(path)
    try {
      const database = await openDatabase(config, { say, signal })
      try {
        const { version, kind, artifactSha256 } = await findModel(database.pool, name, wanted)
        const bytes = Buffer.from(await loadArtifactBody(database.pool, artifactSha256))
        if (!file) {
          await write(bytes)
          return 0
        }
        await file.write(bytes)
        await file.finish()
        const summary = { file: path, name, version, kind, sha256: artifactSha256, bytes: bytes.length }
        const words = `${path}: ${name} version ${version}, ${kind}, ${bytes.length} bytes, sha256 ${artifactSha256}`
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
