// Preloaded into a measured server, which is then asked over its channel: "watch" begins to watch how long the loop is
// held, "held" tells it and ends that, "memory" is what is resident once the garbage is gone.
const collect = (globalThis as { gc?: () => void }).gc
let [longestCpu, longestMs, watching] = [0, 0, false]

function watch(): void {
  let cpu = process.cpuUsage()
  let at = process.hrtime.bigint()
  ;[longestCpu, longestMs, watching] = [0, 0, true]
  function look(): void {
    const { user, system } = process.cpuUsage(cpu)
    const now = process.hrtime.bigint()
    longestCpu = Math.max(longestCpu, (user + system) / 1000)
    longestMs = Math.max(longestMs, Number(now - at) / 1e6)
    cpu = process.cpuUsage()
    at = now
    if (watching) setImmediate(look)
  }
  setImmediate(look)
}

process.on('message', (word) => {
  if (word === 'watch') {
    watch()
    process.send?.('watching')
  } else if (word === 'held') {
    watching = false
    process.send?.({ cpuMs: longestCpu, ms: longestMs })
  } else if (word === 'memory') {
    collect?.()
    // What was freed goes back to the system in its own time.
    setTimeout(() => {
      collect?.()
      process.send?.(process.memoryUsage().rss / 2 ** 20)
    }, 500)
  }
})
// The watch keeps the process busy, so that it would never end.
process.once('SIGTERM', () => {
  watching = false
})
process.channel?.unref()
