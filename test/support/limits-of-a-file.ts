import { vi } from 'vitest'
import { limit } from './time.ts'

// Anew for every file of tests: the load changes while they run. A slow shared machine is normal, a hang is not.
vi.setConfig({ testTimeout: limit(60_000), hookTimeout: limit(120_000) })
