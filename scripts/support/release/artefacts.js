// What a release consists of: one entry for each thing that is made, by a script of the exported sources.

/** Debian sorts "~" before everything: a release candidate is older than its release. */
const debian = (version) => version.replace('-', '~')

/**
 * `script`: what Node runs to make it in a folder; `files`: patterns of the names that must be there afterwards; `needs`: programs,
 * by the package of Debian; `publish`: lines of a shell that publish it,
 * from the folder of the release.
 */
export const artefacts = [
  {
    name: 'npm',
    what: 'npm packages',
    needs: {},
    script: (to) => ['scripts/pack.js', to],
    files: (version) =>
      ['opensag-smartag-client', 'opensag', 'opensag-testing'].map((name) => `${name}-${version}.tgz`),
    // In the order in which they need one another.
    publish: (files, tag) => files.map((file) => `npm publish ./${file}${tag}`),
  },
  {
    name: 'debian',
    what: 'Debian packages',
    needs: { 'dpkg-deb': 'dpkg', strip: 'binutils' },
    script: (to) => ['scripts/debian.js', '--to', to],
    files: (version) => ['server', 'agent'].map((name) => `opensag-${name}_${debian(version)}-1_*.deb`),
  },
  {
    name: 'image',
    what: 'container images',
    needs: { strip: 'binutils' },
    script: (to) => ['scripts/image.js', '--to', to],
    files: (version) => ['opensag', 'opensag-agent'].map((name) => `${name}_${version}_*.oci.tar`),
    publish: (files) =>
      files.map((file) => {
        const [name, version] = file.split('_')
        return `skopeo copy oci-archive:./${file} docker://ghcr.io/opensag/${name}:${version}`
      }),
  },
  {
    name: 'sbom',
    what: 'software bill of materials',
    needs: {},
    script: (to, version) => ['scripts/sbom.js', `${to}/opensag-${version}.cdx.json`],
    files: (version) => [`opensag-${version}.cdx.json`],
  },
  {
    name: 'api',
    what: 'OpenAPI and Postman files',
    needs: {},
    script: (to) => ['scripts/api-files.js', to],
    files: () => ['openapi-smartag.json', 'openapi-*.json', 'postman-smartag.json', 'postman-*.json'],
  },
]

/** The names in a folder that match one of `files`. */
export function matching(pattern, names) {
  const [start, end = undefined] = pattern.split('*')
  return names.filter((name) => (end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end)))
}
