/** Reads a model that another program trained. Which one it was is told by the content, not by the name of the file. */
import { damaged, type FileModel, LIMITS, unsupported } from './file-model.ts'
import { readLightGbm } from './lightgbm/read.ts'
import { parseModelJson } from './xgboost/json.ts'
import { readXgboost } from './xgboost/read.ts'
import { parseUbjson } from './xgboost/ubjson.ts'

const ALLOWED =
  'the text of a LightGBM model, and JSON or UBJSON of an XGBoost model, as their save_model writes them'

/**
 * `file` is for messages. Throws `model_file_invalid` for a damaged or unknown file, `model_unsupported` for what cannot be
 * represented exactly; both say where in the file.
 */
export function readModelFile(bytes: Uint8Array, file: string): FileModel {
  if (bytes.length > LIMITS.bytes)
    throw damaged(file)('file', `at most ${LIMITS.bytes} bytes are read, given ${bytes.length}`)
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 64)).trimStart()
  if (/^tree\r?\n/.test(head)) return readLightGbm(textOf(bytes, file), file)
  if (/^\{\s*"/.test(head)) return readJson(bytes, file)
  if (/^\{[iUIlL]/.test(head)) return readXgboost(parseUbjson(bytes, file), file)
  if (head.startsWith('binf') || head.startsWith('bs64'))
    throw unsupported(file)('file', `the old binary format of XGBoost is not read; allowed: ${ALLOWED}`)
  throw damaged(file)('file', `unknown format; allowed: ${ALLOWED}`)
}

function readJson(bytes: Uint8Array, file: string): FileModel {
  const parsed = parseModelJson(textOf(bytes, file), file)
  if (typeof parsed === 'object' && parsed !== null && 'tree_info' in parsed && !('learner' in parsed))
    throw unsupported(file)('file', `dump_model of LightGBM rounds its numbers; allowed: ${ALLOWED}`)
  return readXgboost(parsed, file)
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw damaged(file)('file', 'must be UTF-8')
  }
}
