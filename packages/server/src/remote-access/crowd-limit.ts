/** Does so many things at one time, and refuses any more: each takes memory and processor time. */
export function createCrowdLimit(most: number, busy: () => Error): <T>(work: () => Promise<T>) => Promise<T> {
  let underWay = 0
  return async (work) => {
    if (underWay >= most) throw busy()
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }
}
