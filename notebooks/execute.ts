/** Runs notebooks from the first cell to the last without a browser, by Jupyter, with the kernel for TypeScript of this folder. */
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { packageFolder } from '../src/package-folder.ts'

export const NOTEBOOKS_FOLDER = join(packageFolder(), 'notebooks')

/** The kernel comes with `npm ci --prefix notebooks`. */
const KERNEL_PROGRAM = join(NOTEBOOKS_FOLDER, 'node_modules', 'tslab', 'bin', 'tslab')

/** Made by hand, or by CI: `python3 -m venv notebooks/.venv`. */
const OWN_JUPYTER = join(NOTEBOOKS_FOLDER, '.venv', 'bin', 'jupyter')

/** One cell may train models. */
const CELL_SECONDS = 600

/** The command, or null where Jupyter or the kernel is not installed. */
export function findJupyter(): string | null {
  if (!existsSync(KERNEL_PROGRAM)) return null
  const works = (command: string): boolean =>
    spawnSync(command, ['nbconvert', '--version'], { stdio: 'ignore' }).status === 0
  return [OWN_JUPYTER, 'jupyter'].find(works) ?? null
}

export interface Execution {
  readonly jupyter: string
  /** Path of the notebook; cells run in its folder. */
  readonly notebook: string
  /** Folder that gets the notebook with its outputs, under the same name. */
  readonly outputFolder: string
  /** Gets the description of the kernel. */
  readonly kernelFolder: string
  /** Beside the environment of this process. */
  readonly environment: Readonly<Record<string, string>>
}

/** Throws when a cell throws, with what the cell said. */
export async function executeNotebook(execution: Execution): Promise<void> {
  const { jupyter, notebook, outputFolder, kernelFolder, environment } = execution
  describeKernel(kernelFolder)
  const { JUPYTER_PATH: others } = process.env
  const options = ['--to', 'notebook', '--execute', `--ExecutePreprocessor.timeout=${CELL_SECONDS}`]
  await promisify(execFile)(
    jupyter,
    ['nbconvert', ...options, '--output-dir', outputFolder, '--output', basename(notebook), notebook],
    {
      env: {
        ...process.env,
        ...environment,
        JUPYTER_PATH: others ? `${kernelFolder}${delimiter}${others}` : kernelFolder,
      },
    },
  )
}

/** As `tslab install` does, but into a folder of our own: nothing of the user's Jupyter is changed. */
function describeKernel(folder: string): void {
  const place = join(folder, 'kernels', 'tslab')
  mkdirSync(place, { recursive: true })
  const kernel = {
    argv: [process.execPath, KERNEL_PROGRAM, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
  }
  writeFileSync(join(place, 'kernel.json'), JSON.stringify(kernel))
}
