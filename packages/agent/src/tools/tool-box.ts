import type { ToolAnswer, ToolFailure, ToolLogLine, ToolRequest, ToolResult } from '@opensag/protocol'

/** What a gateway can be asked for while somebody waits. */
export interface ToolBox {
  /** @throws ToolFailed where it has no result, and says why */
  run(request: ToolRequest): Promise<Extract<ToolAnswer, { is: 'done' }>>
}

export class ToolFailed extends Error {
  override readonly name = 'ToolFailed'
  readonly why: ToolFailure

  /** @param detail what is missing, in few words */
  constructor(why: ToolFailure, detail = '') {
    super(detail)
    this.why = why
  }
}

/** Of a gateway whose program carries no packets: it can show its log. */
export function logOnly(lines: () => readonly ToolLogLine[]): ToolBox {
  return {
    async run({ tool }) {
      if (tool !== 'log') throw new ToolFailed('no-network')
      return done({ tool, log: lines() })
    },
  }
}

export function done(result: ToolResult): Extract<ToolAnswer, { is: 'done' }> {
  return { is: 'done', result }
}
