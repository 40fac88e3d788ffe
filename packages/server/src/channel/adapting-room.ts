/** How many may be inside at once: fewer while the store is slow, so that those who are inside get through. */
export interface AdaptingRoom {
  size(): number
  /** Somebody comes in. @returns to be told how many milliseconds the store had taken for it */
  enter(): (tookMs: number) => void
}

/** Where a gateway in its handshake waits three times for the store, it is through in a few seconds. */
export const wantedMs = 1000
/** With fewer the database would have too little to write in one commit. */
export const leastAtOnce = 8
/** By how much it shrinks at once: more, the longer it took. */
const [leastShare, mostShare] = [0.25, 0.7]

/**
 * Additive increase, multiplicative decrease: with each roomful that the store served in time there is room for one more. When
 * it took longer for one the room shrinks; those who were inside by then say nothing about the smaller one.
 */
export function createAdaptingRoom(most: number): AdaptingRoom {
  const least = Math.min(leastAtOnce, most)
  let [size, shrunk] = [most, 0]

  return {
    size: () => Math.floor(size),
    enter() {
      const cameAfter = shrunk
      return (tookMs) => {
        if (tookMs <= wantedMs) {
          size = Math.min(most, size + 1 / size)
        } else if (cameAfter === shrunk) {
          shrunk++
          size = Math.max(least, size * Math.min(mostShare, Math.max(leastShare, wantedMs / tookMs)))
        }
      }
    },
  }
}
