import { type LoadCommand, programOf } from '../program-of.ts'
import type { CommandName } from './names.ts'

/** Every command of `opensag`. */
export const allCommands: Readonly<Record<CommandName, LoadCommand>> = {
  sandbox: async () => (await import('./sandbox.ts')).sandboxCommand(),
  server: async () => (await import('./server.ts')).serverCommand(),
  agent: async () => (await import('./agent.ts')).agentCommand(),
  pop: async () => (await import('./agent.ts')).popCommand(),
  simulate: async () => (await import('./simulate.ts')).simulateCommand(),
  operator: async () => (await import('./operator.ts')).operatorCommand(),
  call: async () => (await import('./call.ts')).callCommand(),
  parity: async () => (await import('./parity.ts')).parityCommand(),
  app: async () => (await import('./app.ts')).appCommand(),
  rotate: async () => (await import('./rotate.ts')).rotateCommand(),
  backup: async () => (await import('./backup.ts')).backupCommand(),
  restore: async () => (await import('./restore.ts')).restoreCommand(),
  verify: async () => (await import('./verify.ts')).verifyCommand(),
  store: async () => (await import('./store.ts')).storeCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  health: async () => (await import('./health.ts')).healthCommand(),
  config: async () => (await import('./config.ts')).configCommand(),
  completion: async () => (await import('./completion.ts')).completionCommand(() => programOf(allCommands)),
}
