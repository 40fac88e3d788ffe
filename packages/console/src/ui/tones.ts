export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'idle'

/** A shape for each tone: nobody has to tell colours apart. In a box of 12 by 12. */
export const toneShapes: Readonly<Record<Tone, { readonly d: string; readonly filled: boolean }>> = {
  ok: { d: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z', filled: true },
  warn: { d: 'M6 1 11.2 10.5H.8z', filled: true },
  bad: { d: 'M1.5 1.5h9v9h-9z', filled: true },
  info: { d: 'M6 .8 11.2 6 6 11.2.8 6z', filled: true },
  idle: { d: 'M6 1.7a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6z', filled: false },
}
