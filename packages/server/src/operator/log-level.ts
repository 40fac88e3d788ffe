import { z } from 'zod'
import { command } from './command.ts'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export const logLevelShow = command({
  name: 'log-level show',
  about: 'Show the log level of the running server.',
  input: z.object({}),
  run: async ({ log }) => ({ level: log.level }),
})

export const logLevelSet = command({
  name: 'log-level set',
  about: 'Change the log level of the running server until it is reloaded (SIGHUP) or started again.',
  input: z.object({ level: z.enum(levels).describe(`Log level: ${levels.join(', ')}.`) }),
  positional: ['level'],
  async run({ log }, { level }) {
    const before = log.level
    log.level = level
    return { level, before }
  },
})
