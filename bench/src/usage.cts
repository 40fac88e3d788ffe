// Preloaded into a measured process: what it used stands in the file of OPENSAG_BENCH_USAGE when it ends.
const { writeFileSync } = require('node:fs') as typeof import('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const file = process.env['OPENSAG_BENCH_USAGE']
  if (file) writeFileSync(file, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakKiB: maxRSS }))
})
