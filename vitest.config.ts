import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

for (const module of ['src/model/kernel-code.generated.ts', 'training/boosting/kernel-code.generated.ts'])
  if (!existsSync(new URL(module, import.meta.url)))
    throw new Error('Compiled kernels are missing. Run: npm run build')

export default defineConfig({
  test: {
    // Tests of the database wait as much as they compute: two at a time, also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // `isolate: false` below: a worker loads and compiles a module once, not once a file: a third of the time of the pure tests. No
    // file may rely on a module being fresh; one that mocks a module loads what it tests anew.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.db.test.ts'],
          isolate: false,
          setupFiles: ['test/support/seeded-properties.ts'],
          // Nothing is timed: this only ends what hangs, also on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['test/**/*.db.test.ts'],
          isolate: false,
          setupFiles: ['test/support/seeded-properties.ts'],
          globalSetup: [
            'test/support/chromium-check.ts',
            'test/support/database-server.ts',
            'test/support/compiled-sources.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        // Pictures of the dashboard for the documentation: `npm run screenshots`, not part of `npm test`.
        test: { name: 'screenshots', include: ['test/**/*.screens.ts'], testTimeout: 300_000 },
      },
      {
        // Many seeds, minutes: `npm run check:statistics`, not part of `npm test`.
        test: {
          name: 'statistics',
          include: ['test/**/*.check.ts'],
          globalSetup: ['test/support/database-server.ts'],
          testTimeout: 600_000,
        },
      },
    ],
  },
})
