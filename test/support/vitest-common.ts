import type { ViteUserConfig } from 'vitest/config'
import { processorSlowness } from './time.ts'

/** Long ones that a run has only when it is asked for them: elsewhere they do not exist, and so are not skipped. */
const onRequest = [
  ...(process.env['OPENSAG_KERNEL_ESP'] === '1' ? ['test/network/kernel-esp/kernel-esp.on-request.ts'] : []),
  ...(process.env['OPENSAG_SITE'] === '1' ? ['test/site/site.on-request.ts'] : []),
]

/** Of every run of tests, whichever files it runs and wherever their stores are. */
export const common = {
  // Tests run the sources, not a build that may be stale.
  ssr: { resolve: { conditions: ['opensag-source', 'node'] } },
  resolve: { conditions: ['opensag-source', 'node'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', ...onRequest],
    // Whoever runs the tests may say that the machine is slower still; the load is watched by each process itself.
    env: { OPENSAG_TIME_FACTOR: process.env['OPENSAG_TIME_FACTOR'] ?? processorSlowness().toFixed(1) },
    setupFiles: ['test/support/limits-of-a-file.ts'],
    // Many tests wait for something most of the time, so one more than the processors of a small machine.
    maxWorkers: 3,
  },
} satisfies ViteUserConfig
