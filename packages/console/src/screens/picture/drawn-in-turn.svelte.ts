const atOnce = 4

/** How many of so many things are drawn whole: a few at a time, or the page would stand still while thousands of cells are made. */
export function drawnInTurn(all: () => number): { readonly count: number } {
  let count = $state(0)
  $effect(() => {
    if (count >= all()) return
    const timer = setTimeout(() => {
      count += atOnce
    })
    return () => clearTimeout(timer)
  })
  return {
    get count() {
      return count
    },
  }
}

/** Not in the turn of the event loop in which it was made. */
export function begunLater(): { readonly yet: boolean } {
  let yet = $state(false)
  $effect(() => {
    const timer = setTimeout(() => {
      yet = true
    })
    return () => clearTimeout(timer)
  })
  return {
    get yet() {
      return yet
    },
  }
}
