/** `npm run notebooks`: runs all notebooks and keeps their outputs in them. The one place here that prints and exits. */
import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { executeNotebook, findJupyter, NOTEBOOKS_FOLDER } from './execute.ts'

/** Of the simulated history in what is kept: enough that something can be seen. */
const SHOWN_LEADS = '12000'

const MISSING = `Jupyter or its kernel for TypeScript is not installed. Install both:

  npm ci --prefix notebooks
  python3 -m venv notebooks/.venv && notebooks/.venv/bin/pip install -r notebooks/requirements.txt
`

async function main(): Promise<number> {
  const jupyter = findJupyter()
  if (jupyter === null) {
    process.stderr.write(MISSING)
    return 1
  }
  const notebooks = readdirSync(NOTEBOOKS_FOLDER).filter((name) => name.endsWith('.ipynb'))
  const homes = join(NOTEBOOKS_FOLDER, '.wonlost')
  for (const name of notebooks.sort()) {
    process.stderr.write(`${name}\n`)
    // What is kept must not depend on what ran here before.
    rmSync(join(homes, basename(name, '.ipynb')), { recursive: true, force: true })
    await executeNotebook({
      jupyter,
      notebook: join(NOTEBOOKS_FOLDER, name),
      outputFolder: NOTEBOOKS_FOLDER,
      kernelFolder: join(homes, 'jupyter'),
      environment: {
        WONLOST_HOME: homes,
        WONLOST_NOTEBOOK_LEADS: process.env['WONLOST_NOTEBOOK_LEADS'] ?? SHOWN_LEADS,
      },
    })
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
