/** What a check of the settings found. */
export interface Finding {
  /** A sentence or two: what is wrong, and how to put it right. */
  readonly text: string
  /** Whether the server refuses to start with it; otherwise it starts, and something will not work. */
  readonly isRefused: boolean
}

export function refused(text: string): Finding {
  return { text, isRefused: true }
}

export function noted(text: string): Finding {
  return { text, isRefused: false }
}
