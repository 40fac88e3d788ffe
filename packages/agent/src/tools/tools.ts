import {
  type Capability,
  createPace,
  longestToolMs,
  type Timers,
  type ToolAnswer,
  type ToolMessage,
  type ToolRequest,
  toolAnswerSchema,
  toolPace,
  type WallClock,
} from '@opensag/protocol'
import type { GatewayLink } from '../connection-session.ts'
import { fitting } from './fitting.ts'
import { plainLine } from './kept-lines.ts'
import { type ToolBox, ToolFailed } from './tool-box.ts'

/** Runs the tools that the server asks for: one at a time, each within its time. */
export interface Tools {
  online(link: Pick<GatewayLink, 'send'>, can: readonly Capability[]): void
  offline(): void
  asked(message: ToolMessage): void
}

export interface ToolsOptions {
  readonly box: ToolBox
  readonly timers: Timers
  readonly wallClock: WallClock
  /** One failed in a way that nobody thought of. */
  readonly problem: (error: unknown) => void
}

export function openTools({ box, timers, wallClock, problem }: ToolsOptions): Tools {
  const allowance = createPace(toolPace, wallClock)
  let link: Pick<GatewayLink, 'send'> | undefined
  let isBusy = false

  async function result(request: ToolRequest, withinMs: number): Promise<ToolAnswer> {
    let cancel = (): void => {}
    const late = new Promise<ToolAnswer>((resolve) => {
      cancel = timers.after(Math.min(withinMs, longestToolMs), () => resolve({ is: 'undone', why: 'late' }))
    })
    // One that is late goes on for a moment: until its programs have ended nothing else is begun.
    isBusy = true
    const run = box
      .run(request)
      // One that the server would not take would end the connection.
      .then((answer) => toolAnswerSchema.parse({ ...answer, result: fitting(answer.result) }))
      .catch((error: unknown): ToolAnswer => {
        if (!(error instanceof ToolFailed)) problem(error)
        return undone(error)
      })
      .finally(() => {
        isBusy = false
      })
    const answer = await Promise.race([run, late])
    cancel()
    return answer
  }

  async function answer({ id, request, withinMs }: ToolMessage): Promise<void> {
    const asking = link
    const found: ToolAnswer = isBusy || !allowance.take() ? { is: 'busy' } : await result(request, withinMs)
    // Who asked on another connection does not wait any more.
    if (asking === link) asking?.send({ kind: 'tool-answer', id, answer: found })
  }

  return {
    online(opened, can) {
      link = can.includes('tools') ? opened : undefined
    },
    offline() {
      link = undefined
    },
    asked: (message) => void answer(message).catch(problem),
  }
}

function undone(error: unknown): ToolAnswer {
  if (error instanceof ToolFailed) return { is: 'undone', why: error.why, ...detailOf(error.message) }
  const { code, syscall = '', path = '' } = error as NodeJS.ErrnoException
  const isMissing = code === 'ENOENT' && syscall.startsWith('spawn')
  if (isMissing) return { is: 'undone', why: 'missing', ...detailOf(path) }
  return { is: 'undone', why: 'failed', ...detailOf(error instanceof Error ? error.message : '') }
}

function detailOf(text: string): { readonly detail?: string } {
  const detail = plainLine(text, 200)
  return detail === '' ? {} : { detail }
}
