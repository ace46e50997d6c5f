/** Where the bench keeps things, whether its code runs from dist/ or not. */
import { join } from 'node:path'
import { packageFolder } from '../src/package-folder.ts'

export const BENCH_FOLDER = join(packageFolder(), 'bench')

/** In the folder of local data, which is not in git: the Python environment and generated rows. May be removed at any time. */
export const CACHE_FOLDER = join(packageFolder(), '.wonlost', 'bench')

export const RESULTS_FILE = join(BENCH_FOLDER, 'RESULTS.md')
