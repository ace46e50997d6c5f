/** Every notebook, from its first cell to its last: by Jupyter, where it is installed. */
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { executeNotebook, findJupyter, NOTEBOOKS_FOLDER } from '../../notebooks/execute.ts'
import { compiledFile } from '../support/cli.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const jupyter = findJupyter()
const notebooks = readdirSync(NOTEBOOKS_FOLDER).filter((name) => name.endsWith('.ipynb'))

interface Cell {
  readonly cell_type: string
  readonly source: readonly string[]
  readonly outputs?: readonly { readonly output_type: string }[]
}

function cellsOf(path: string): readonly Cell[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cells: readonly Cell[] }).cells
}

describe('the notebooks', () => {
  it('are kept with the outputs of all their cells, and no cell has failed', () => {
    expect(notebooks).toHaveLength(4)
    for (const name of notebooks) {
      const outputs = cellsOf(join(NOTEBOOKS_FOLDER, name)).flatMap((cell) => cell.outputs ?? [])
      expect(outputs.filter(({ output_type: type }) => type === 'error')).toEqual([])
      expect(JSON.stringify(outputs)).toContain('image/svg+xml')
    }
  })
})

describe.skipIf(jupyter === null)('with Jupyter', () => {
  let folder: string
  let database: TestDatabase
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wonlost-notebooks-'))
    database = await createTestDatabase()
    mkdirSync(join(folder, 'notebooks'))
    symlinkSync(compiledFile(''), join(folder, 'dist'))
    symlinkSync(join(NOTEBOOKS_FOLDER, 'node_modules'), join(folder, 'notebooks', 'node_modules'))
  })
  afterAll(async () => {
    await database?.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  // In order, on one database, as a reader would: each works on what is there already.
  it('run from the first cell to the last', { timeout: 600_000 }, async () => {
    for (const name of notebooks.sort()) {
      const notebook = join(folder, 'notebooks', name)
      copyFileSync(join(NOTEBOOKS_FOLDER, name), notebook)
      await executeNotebook({
        jupyter: jupyter ?? '',
        notebook,
        outputFolder: join(folder, 'notebooks'),
        kernelFolder: join(folder, 'jupyter'),
        environment: {
          DATABASE_URL: database.url,
          WONLOST_HOME: join(folder, 'home'),
          // Whether every cell runs, not what it finds: half of what the kept outputs are of.
          WONLOST_NOTEBOOK_LEADS: '1500',
        },
      })
      const code = cellsOf(notebook).filter(({ cell_type: type }) => type === 'code')
      expect(code.length).toBeGreaterThan(4)
    }
  })

  it('fail when a cell throws', async () => {
    const notebook = join(folder, 'notebooks', 'broken.ipynb')
    copyFileSync(join(NOTEBOOKS_FOLDER, notebooks[0]!), notebook)
    const broken = JSON.parse(readFileSync(notebook, 'utf8')) as { cells: Cell[] }
    broken.cells = [
      {
        ...broken.cells.find(({ cell_type: type }) => type === 'code')!,
        source: ['throw new Error("planted")'],
      },
    ]
    writeFileSync(notebook, JSON.stringify(broken))
    const run = executeNotebook({
      jupyter: jupyter ?? '',
      notebook,
      outputFolder: folder,
      kernelFolder: join(folder, 'jupyter'),
      environment: {},
    })
    await expect(run).rejects.toThrow('planted')
  })
})
