import { defineConfig } from 'vitest/config'
import { processorSlowness } from './test/support/time.ts'

export default defineConfig({
  // Tests run the sources, not a build that may be stale.
  ssr: { resolve: { conditions: ['opensag-source', 'node'] } },
  resolve: { conditions: ['opensag-source', 'node'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    // Whoever runs the tests may say that the machine is slower still; the load is watched by each process itself.
    env: { OPENSAG_TIME_FACTOR: process.env['OPENSAG_TIME_FACTOR'] ?? processorSlowness().toFixed(1) },
    globalSetup: ['test/support/fresh-bundle.ts'],
    setupFiles: ['test/support/limits-of-a-file.ts'],
    maxWorkers: 2,
  },
})
