import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run the sources, not a build that may be stale.
  ssr: { resolve: { conditions: ['opensag-source', 'node'] } },
  resolve: { conditions: ['opensag-source', 'node'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    // A slow shared machine is normal, a hang is not.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
