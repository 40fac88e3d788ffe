/**
 * Which of these files explains the code: the one with the longest name that the code begins with; where there is none,
 * the one of its first letter (`i-l` has those from I to L). Case, hyphens and dots do not count. The files of single
 * letters reach from A to Z, so that a new code needs no new file.
 */
export function fileIn(files: readonly string[], code: string): string | undefined {
  const plain = plainly(code)
  const [longest] = files
    .filter((file) => !isRange(file) && plain.startsWith(plainly(file)))
    .sort((a, b) => b.length - a.length)
  return (
    longest ?? files.find((file) => isRange(file) && plain >= file.slice(0, 1) && plain.slice(0, 1) <= file.slice(2))
  )
}

function isRange(file: string): boolean {
  return /^[a-z]-[a-z]$/.test(file)
}

function plainly(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}
