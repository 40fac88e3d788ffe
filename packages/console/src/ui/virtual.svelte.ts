import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
} from '@tanstack/virtual-core'

export interface VirtualRows {
  readonly items: readonly VirtualItem[]
  /** Pixels of all rows together. */
  readonly height: number
  /** An attachment for the element that scrolls. */
  attach(element: HTMLElement): () => void
}

/** Only the rows in sight, and a few around them, exist in the page, however many there are. */
export function virtualRows(count: () => number, rowHeight: () => number): VirtualRows {
  let items = $state.raw<readonly VirtualItem[]>([])
  let height = $state(0)
  let virtualizer: Virtualizer<HTMLElement, HTMLElement> | undefined

  function show(): void {
    if (virtualizer === undefined) return
    items = virtualizer.getVirtualItems()
    height = virtualizer.getTotalSize()
  }

  function optionsFor(element: HTMLElement) {
    const size = rowHeight()
    return {
      count: count(),
      estimateSize: () => size,
      getScrollElement: () => element,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      overscan: 8,
      onChange: show,
    }
  }

  return {
    get items() {
      return items
    },
    get height() {
      return height
    },
    attach(element) {
      const own = new Virtualizer<HTMLElement, HTMLElement>(optionsFor(element))
      virtualizer = own
      const stop = own._didMount()
      own._willUpdate()
      $effect(() => {
        own.setOptions(optionsFor(element))
        own.measure()
        own._willUpdate()
        show()
      })
      return () => {
        stop()
        if (virtualizer === own) virtualizer = undefined
      }
    },
  }
}
