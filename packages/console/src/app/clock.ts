/** How far the server's clock is ahead of this machine's, in milliseconds. */
let ahead = 0

/** Signatures count for 15 minutes by the server's clock, and the clock of a laptop can be wrong by more. */
export const clock = {
  now: (): number => Date.now() + ahead,

  /** Takes the time off an answer that was asked for at `began` and has just come. */
  set(date: number, began: number): void {
    const middle = (began + Date.now()) / 2
    // A second is all the header tells; less than a minute needs no correction.
    ahead = Number.isNaN(date) || Math.abs(date - middle) < 60_000 ? 0 : date - middle
  },
}
