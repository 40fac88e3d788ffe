import { Command } from 'commander'
import type { CommandName } from './commands/names.ts'
import { runProgram } from './run-program.ts'

/** Each loads what it needs and nothing of the others: most of a start is loading modules. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  sandbox: async () => (await import('./commands/sandbox.ts')).sandboxCommand(),
  server: async () => (await import('./commands/server.ts')).serverCommand(),
  agent: async () => (await import('./commands/agent.ts')).agentCommand(),
  pop: async () => (await import('./commands/agent.ts')).popCommand(),
  simulate: async () => (await import('./commands/simulate.ts')).simulateCommand(),
  operator: async () => (await import('./commands/operator.ts')).operatorCommand(),
  call: async () => (await import('./commands/call.ts')).callCommand(),
  parity: async () => (await import('./commands/parity.ts')).parityCommand(),
  app: async () => (await import('./commands/app.ts')).appCommand(),
  rotate: async () => (await import('./commands/rotate.ts')).rotateCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  restore: async () => (await import('./commands/restore.ts')).restoreCommand(),
  verify: async () => (await import('./commands/verify.ts')).verifyCommand(),
  store: async () => (await import('./commands/store.ts')).storeCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  health: async () => (await import('./commands/health.ts')).healthCommand(),
  config: async () => (await import('./commands/config.ts')).configCommand(),
  completion: async () => (await import('./commands/completion.ts')).completionCommand(everyCommand),
}

async function everyCommand(): Promise<Command> {
  const all = new Command('opensag')
  for (const load of Object.values(commands)) all.addCommand(await load())
  return all
}

await runProgram(commands)
