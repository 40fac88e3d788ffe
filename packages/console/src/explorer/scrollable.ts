/** For what may scroll: the keyboard has to get there to do it. */
export const scrollable = { tabindex: 0, role: 'region' } as const
