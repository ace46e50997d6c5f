import { formatTime, modelTitle } from '../../glossary.ts'
import { defineCommand } from '../command.ts'
import { readCutoff } from '../cutoff-option.ts'
import { readSegment, SEGMENT_FLAG, SEGMENT_HELP } from '../segment-option.ts'

/** What is longer is no map. */
const MAP_BYTES = 4_000_000

/** What training could know, where nobody says. */
const UNKNOWN = '1970-01-01T00:00:00Z'

export const importModelCommand = defineCommand({
  name: 'import-model',
  summary: 'register a model that LightGBM or XGBoost trained, as a challenger',
  configure: (command) =>
    command
      .argument('<FILE>', "LightGBM's text, or XGBoost's JSON or UBJSON, as their save_model writes them")
      .requiredOption('--features <MAP.yaml>', 'which feature of the file is which column of the definition')
      .option('--definition <NAME>', 'whose columns; default: that of the model, or the one that decides')
      .option('--name <NAME>', 'of the model; default: that of the definition')
      .option(SEGMENT_FLAG, SEGMENT_HELP)
      .option('--cutoff <T>', 'what its training could know; default: not known'),
  async run({ config, json, print, say, now, signal }, [file = ''], options) {
    const { basename } = await import('node:path')
    const { importArtifact } = await import('../../interop/import-artifact.ts')
    const { parseFeatureMap } = await import('../../interop/feature-map.ts')
    const { LIMITS } = await import('../../interop/file-model.ts')
    const { readModelFile } = await import('../../interop/read-model.ts')
    const { canonicalJson } = await import('../../model/canonical.ts')
    const { modelsFolder } = await import('../../package-folder.ts')
    const { parsePolicy } = await import('../../policy/policy.ts')
    const { loadArtifact } = await import('../../scoring/load-model.ts')
    const { createHash } = await import('node:crypto')
    const { readModelsFolder } = await import('../../server/models-folder.ts')
    const { actingUser } = await import('../acting-user.ts')
    const { keepImported } = await import('../keep-imported.ts')
    const { promotionAdvice } = await import('../promote-model.ts')
    const { chooseDefinitions } = await import('../training-choices.ts')
    const { readWholeFile } = await import('../whole-file.ts')
    const { segmentNamed } = await import('../../../training/segment.ts')

    const cutoff = readCutoff(options, now())
    const mapFile = String(options.features)
    const mapBytes = await readWholeFile(mapFile, MAP_BYTES)
    const map = parseFeatureMap(new TextDecoder().decode(mapBytes), mapFile)
    const bytes = await readWholeFile(file, LIMITS.bytes)
    const model = readModelFile(bytes, file)

    const texts = await readModelsFolder(modelsFolder(config))
    const named = typeof options.name === 'string' ? options.name : null
    const { decided_by: deciding } = parsePolicy(texts.policy.text, texts.policy.file)
    const wanted = typeof options.definition === 'string' ? options.definition : (named ?? deciding)
    const [chosen] = chooseDefinitions(texts, [wanted])
    const { definition, text } = chosen!
    const segment = segmentNamed(definition, readSegment(options))?.name ?? ''
    const from = { definition, name: named ?? definition.name, segment, file }
    const artifact = importArtifact(model, map, {
      ...from,
      cutoff: cutoff === null ? UNKNOWN : formatTime(cutoff),
    })
    // As a server would: what cannot be loaded must not be registered.
    loadArtifact(canonicalJson(artifact), file)

    const source = `${model.format} model ${basename(file)}`
    const report = {
      format: 'wonlost.import_report',
      format_version: 1,
      source: {
        format: model.format,
        file: basename(file),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
      trees: artifact.trees.length,
      nodes: artifact.trees.reduce((sum, tree) => sum + tree.column.length, 0),
      features: Object.fromEntries(map.features.map(({ feature, column }) => [feature, column])),
      notes: model.notes,
    }
    const { openDatabase } = await import('../../db/database.ts')
    const database = await openDatabase(config, { say, signal })
    try {
      const { saved, alias } = await keepImported(database.pool, artifact, {
        definitionText: text,
        report,
        cutoff: cutoff ?? now(),
        createdBy: actingUser(),
        reason: `imported: ${source}`,
        now: now(),
      })
      const { name, version, artifactSha256 } = saved
      for (const note of model.notes) say(note)
      if (json) {
        const about = { name, segment: segment || null, version, alias, kind: artifact.kind }
        print(JSON.stringify({ ...about, sha256: artifactSha256, report }))
        return 0
      }
      const promote =
        alias === 'challenger'
          ? [`The gate does not judge it. ${promotionAdvice(saved, version, false)}`]
          : []
      const head = `${modelTitle(saved)} version ${version} (sha256 ${artifactSha256.slice(0, 12)}): ${source}, ${report.trees} trees, ${report.nodes} nodes.`
      print([head, `It is the ${alias}.`, ...promote].join('\n'))
      return 0
    } finally {
      await database.close()
    }
  },
})
