/** Nobody's clock can be further ahead: the server that was restored would have refused it. */
export const mostAheadMs = 15 * 60_000
