/** For what may scroll: the keyboard has to get there to do it, and whoever hears the page is told where that is. */
export function scrollable(label: string): Readonly<Record<string, string | number>> {
  return { tabindex: 0, role: 'region', 'aria-label': label }
}
