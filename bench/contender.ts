/** The processes of a case: ours and the peers', each pinned to as many processors as it has threads. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BENCH_FOLDER } from './folders.ts'
import type { PartContext } from './part.ts'
import { startWorker, type Worker } from './worker.ts'

/** Our own program beside a module that calls this: `./ours.js` with `import.meta.url`, from what the build made. */
export function startOurs(context: PartContext, module: URL, threads: number): Worker {
  return startWorker(context, 'Wonlost', [process.execPath, fileURLToPath(module)], {
    cpus: processors(threads),
  })
}

/** A program of bench/python with the name of a library, which becomes the name of the contender. */
export function startPeer(
  context: PartContext,
  script: string,
  library: string,
  name: string,
  threads: number,
): Worker {
  const path = join(BENCH_FOLDER, 'python', script)
  return startWorker(context, name, [context.python, path, library], {
    cpus: processors(threads),
    // Where a library asks the environment and not its settings; none may take more than its share.
    env: { OMP_NUM_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1' },
  })
}

function processors(threads: number): number[] {
  return Array.from({ length: threads }, (_, cpu) => cpu)
}
