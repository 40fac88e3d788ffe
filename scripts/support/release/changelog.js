// CHANGELOG.md: a section for each release, the newest first, with what is not released yet above them.
const unreleased = 'Unreleased'

/** @returns {{ title: string, version: string, text: string }[]} */
function sectionsOf(changelog) {
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n')
      const title = part.slice(0, end).trim()
      return { title, version: title.split(' ')[0] ?? '', text: part.slice(end + 1).trim() }
    })
}

/** Why these are no notes of that version; undefined when they are. */
export function whyNoNotes(changelog, version) {
  const sections = sectionsOf(changelog).filter(({ title, text }) => title !== unreleased || text !== '')
  const [newest] = sections
  if (!sections.some((section) => section.version === version))
    return `CHANGELOG.md has no section "## ${version} (date)"`
  if (newest?.title === unreleased)
    return `CHANGELOG.md has changes that are not released above the section of ${version}`
  if (newest?.version !== version)
    return `The newest section of CHANGELOG.md is of ${newest?.version}, not of ${version}`
  if (newest.text === '') return `The section of ${version} in CHANGELOG.md is empty`
  return undefined
}

/** The section of a version as a page of its own. */
export function notesOf(changelog, version) {
  const { title, text } = sectionsOf(changelog).find((section) => section.version === version) ?? {}
  if (text === undefined) throw new Error(`CHANGELOG.md has no section of ${version}.`)
  return `# OpenSAG ${title}\n\n${text}\n`
}

/** Makes what is unreleased the section of a version, with an empty one above it; leaves a changelog alone that has that version. */
export function startSection(changelog, version, date) {
  if (sectionsOf(changelog).some((section) => section.version === version)) return changelog
  return changelog.replace(/^## Unreleased$/m, `## ${unreleased}\n\n## ${version} (${date})`)
}
