// What is left to do by hand when a release is made: nothing here publishes anything.
import { readdirSync } from 'node:fs'
import { artefacts, matching } from './artefacts.js'

/** @returns {string} text with the commands, in their order */
export function nextSteps({ folder, shown, version, commit, isSigned, key }) {
  const names = readdirSync(folder)
  const isPrerelease = version.includes('-')
  const publish = artefacts.flatMap(({ files, publish: lines }) =>
    lines === undefined
      ? []
      : lines(
          files(version).flatMap((pattern) => matching(pattern, names)),
          isPrerelease ? ' --tag next' : '',
        ),
  )
  const missing = artefacts.filter(({ files }) =>
    files(version).some((pattern) => matching(pattern, names).length === 0),
  )
  const steps = [
    ...missing.map(({ what, name }) => [
      `Not in it: ${what}. Make them with "--only ${name}", or on another machine, and put everything together with "--from FOLDER".`,
    ]),
    ...(isSigned
      ? []
      : [
          [
            'Sign it, with a key that is nowhere in the repository:',
            `minisign -S -s ${key ?? 'KEY'} -m SHA256SUMS -t 'opensag ${version} ${commit}'`,
          ],
        ]),
    ['Look at what is published:', 'sha256sum --check SHA256SUMS', 'less RELEASE-NOTES.md'],
    [
      'Tag the commit. From here on the version is taken:',
      `git tag -s v${version} ${commit} -m 'OpenSAG ${version}'`,
      `git push origin v${version}`,
    ],
    [
      'Put everything where people download it, still as a draft:',
      `gh release create v${version} --draft${isPrerelease ? ' --prerelease' : ''} --verify-tag --notes-file RELEASE-NOTES.md ./*`,
    ],
    ...(publish.length === 0
      ? []
      : [['Publish packages, in this order; a version can never be published again:', ...publish]]),
    ['Show the release:', `gh release edit v${version} --draft=false`],
  ]
  const text = steps.map(([what, ...lines], at) =>
    [`${at + 1}. ${what}`, ...lines.map((line) => `     ${line}`)].join('\n'),
  )
  return `What to do next, in ${shown}:\n\n${text.join('\n')}\n`
}
