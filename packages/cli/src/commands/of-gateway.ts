import type { Commands } from '../program-of.ts'

/** The commands that a gateway or a point of presence has: its package has no others. */
export const gatewayCommands = {
  agent: async () => (await import('./agent.ts')).agentCommand(),
  pop: async () => (await import('./agent.ts')).popCommand(),
} as const satisfies Commands
