/**
 * How long the steps of a call that reaches a gateway may take. All of it follows from one figure, the time until the whole
 * answer, and from how much of it is spent: the table is in docs/password-protocol.md.
 */
export interface CallLimits {
  /** From the moment the request has been read until its answer, milliseconds. */
  readonly answerMs: number
  /** From a limit of the holder until its reply is here, when nothing has to be written for it. */
  readonly hopMs: number
  /** The same when the holder journals the outcome first. After that this side decides. */
  readonly replyMs: number
  /** What this side keeps for itself: to journal a failure, to record the call, to send the answer. */
  readonly finishMs: number
  /** With less than that left a gateway is not told at all. */
  readonly leastProofMs: number
}

/** The smallest `answerMs` whose parts are still times a gateway can keep. */
export const leastAnswerMs = 1000

/** Clients give up after 10 s by default, most of them; this leaves them two to be heard in. */
export const defaultAnswerMs = 8000

export function callLimits(answerMs: number): CallLimits {
  if (!(answerMs >= leastAnswerMs)) throw new RangeError(`An answer within ${answerMs} ms is not possible.`)
  const sixteenth = Math.floor(answerMs / 16)
  return {
    answerMs,
    hopMs: sixteenth,
    replyMs: 2 * sixteenth,
    finishMs: 2 * sixteenth,
    leastProofMs: 4 * sixteenth,
  }
}

export interface StepLimit {
  /** How long the holder of the connection may let the gateway, or the queue before it, take. */
  readonly timeoutMs: number
  /** How long this side waits for the holder's reply. */
  readonly waitMs: number
}

export interface TurnLimit extends StepLimit {
  /** Until when, from its arrival at the holder, the turn is kept for this call: after that nothing could be proved. */
  readonly leaseMs: number
}

/** How long a change may wait for its turn. Undefined: no turn would leave enough for the proof. */
export function turnLimit(limits: CallLimits, spentMs: number): TurnLimit | undefined {
  const leaseMs = leftMs(limits, spentMs) - limits.replyMs - limits.leastProofMs
  const timeoutMs = leaseMs - limits.hopMs
  return timeoutMs < 1 ? undefined : { timeoutMs, waitMs: leaseMs, leaseMs }
}

/** How long a gateway may take to prove a change: all that is left. Undefined: too little, it is not to be told. */
export function proofLimit(limits: CallLimits, spentMs: number): StepLimit | undefined {
  const timeoutMs = leftMs(limits, spentMs) - limits.replyMs
  return timeoutMs < limits.leastProofMs ? undefined : { timeoutMs, waitMs: timeoutMs + limits.replyMs }
}

/** How long a gateway may take to agree to a command. Undefined: too little is left to ask. */
export function commandLimit(limits: CallLimits, spentMs: number): StepLimit | undefined {
  const timeoutMs = leftMs(limits, spentMs) - limits.replyMs
  return timeoutMs < limits.hopMs ? undefined : { timeoutMs, waitMs: timeoutMs + limits.replyMs }
}

/** How long handing a mail to its server may take: a quarter is left for what comes before it, such as a slow hash. */
export function mailMs({ hopMs }: CallLimits): number {
  return 10 * hopMs
}

/** Whole milliseconds, for the messages between nodes; a clock that ran backwards gives no call more than it has. */
function leftMs({ answerMs, finishMs }: CallLimits, spentMs: number): number {
  return Math.floor(answerMs - Math.max(0, spentMs)) - finishMs
}
